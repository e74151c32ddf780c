import { Group, Stack, Text, Timeline } from '@mantine/core';
import type { AnomalyDetail } from '@/api/anomalies';
import { useFormat, useMessages } from '@/i18n/i18n';
import { StatusSign } from './marks';

/** Who changed what, newest first, down to the analysis that found it. */
export function HistoryView({ anomaly }: { anomaly: AnomalyDetail }) {
  const { panel: words, status } = useMessages();
  const entries = [...anomaly.history].reverse();
  const older = anomaly.history_total - anomaly.history.length;
  return (
    <Stack gap="xs">
      <Timeline bulletSize={26} lineWidth={2} color="gray">
        {entries.map((entry) => (
          <Timeline.Item
            key={entry.version}
            bullet={<StatusSign status={entry.new_status} size={16} />}
            title={
              <Text size="sm" fw={600}>
                {entry.old_status === entry.new_status
                  ? words.commented
                  : words.moved(status[entry.old_status], status[entry.new_status])}
              </Text>
            }
          >
            {entry.comment ? (
              <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {entry.comment}
              </Text>
            ) : null}
            <Moment at={entry.at} by={entry.by} />
          </Timeline.Item>
        ))}
        {older > 0 ? null : (
          <Timeline.Item
            bullet={<StatusSign status="New" size={16} />}
            title={
              <Text size="sm" fw={600}>
                {words.found}
              </Text>
            }
          >
            <Moment at={anomaly.created_at} />
          </Timeline.Item>
        )}
      </Timeline>
      {older > 0 ? (
        <Text size="sm" c="dimmed">
          {words.historyMore(older)}
        </Text>
      ) : null}
    </Stack>
  );
}

function Moment({ at, by }: { at: string; by?: string }) {
  const { panel: words } = useMessages();
  const format = useFormat();
  return (
    <Group gap={4}>
      <Text size="xs" c="dimmed" component="time" dateTime={at} title={format.dateTime(at)}>
        {format.ago(at)}
      </Text>
      {by ? (
        <Text size="xs" c="dimmed">
          {words.by(by)}
        </Text>
      ) : null}
    </Group>
  );
}
