import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Report } from '@/api/reports';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { RuleChanges } from './rule-changes';

/** What changed since the snapshot before it, where the warehouse has one. */
export function SincePrevious({ report }: { report: Report }) {
  const { compare: words } = useMessages();
  const format = useFormat();
  const { comparison } = report;
  if (!comparison) return null;
  const { previous } = comparison;
  if (!previous) {
    return (
      <Card title={words.sincePrevious}>
        <Text size="sm" c="dimmed">
          {words.first}
        </Text>
      </Card>
    );
  }
  const link = (part: 'new' | 'persisting' | 'resolved') => ({
    to: '/reports/$reportId' as const,
    params: { reportId: report.id },
    search: { view: 'compare' as const, against: previous, part },
  });
  const counts = [
    ['new', words.new, comparison.new + comparison.reappeared],
    ['persisting', words.persisting, comparison.persisting],
    ['resolved', words.resolved, comparison.vanished],
  ] as const;
  return (
    <Card
      title={words.sincePrevious}
      aside={
        <TextLink size="sm" {...link('new')} style={{ flex: 'none' }}>
          {words.see}
        </TextLink>
      }
    >
      <Stack gap="xs">
        <SimpleGrid cols={3} spacing="xs">
          {counts.map(([part, label, count]) => (
            <Stack key={part} gap={0}>
              <TextLink {...link(part)} fw={650} fz="xl" className="numbers">
                {format.number(count)}
              </TextLink>
              <Text size="sm" c="dimmed">
                {label}
              </Text>
            </Stack>
          ))}
        </SimpleGrid>
        {comparison.reappeared > 0 ? (
          <Group gap={4}>
            <Text size="sm" className="numbers">
              {words.reappeared}: {format.number(comparison.reappeared)}
            </Text>
          </Group>
        ) : null}
        <RuleChanges changes={comparison} />
        {comparison.not_covered > 0 ? (
          <Text size="sm" c="dimmed">
            {words.notCovered(comparison.not_covered)}
          </Text>
        ) : null}
      </Stack>
    </Card>
  );
}
