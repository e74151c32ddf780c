import { SimpleGrid, Text } from '@mantine/core';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';

/** Counts, each with what it counts. */
export function Figures({ figures }: { figures: readonly (readonly [string, number])[] }) {
  const format = useFormat();
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: figures.length }} m={0}>
      {figures.map(([label, count]) => (
        <Card key={label}>
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Text component="dd" m={0} fz="h2" fw={650} className="numbers">
            {format.number(count)}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}
