import { Group, Loader, Text } from '@mantine/core';
import { useFormat, useMessages } from '@/i18n/i18n';

/** Why an order is not right yet: it can only be once every row is here. */
export function LoadingRest({ shown }: { shown: number }) {
  const { anomalies: words } = useMessages();
  const format = useFormat();
  return (
    <Group gap="xs" role="status">
      <Loader size={14} aria-hidden />
      <Text size="sm" c="dimmed" className="numbers">
        {words.loadingRest(format.number(shown))}
      </Text>
    </Group>
  );
}
