import { Group, Text } from '@mantine/core';
import { IconHistory, IconRotateClockwise, IconSparkles } from '@tabler/icons-react';
import type { Anomaly } from '@/api/anomalies';
import type { Report } from '@/api/reports';
import { useFormat, useMessages } from '@/i18n/i18n';

const SIGNS = {
  new: IconSparkles,
  persisting: IconHistory,
  reappeared: IconRotateClockwise,
};

interface RecurrenceNoteProps {
  anomaly: Anomaly;
  report: Report | undefined;
}

/** Whether it was there before, and since when. Nothing for a report without a warehouse. */
export function RecurrenceNote({ anomaly, report }: RecurrenceNoteProps) {
  const { recurrence: words } = useMessages();
  const format = useFormat();
  const { recurrence, since } = anomaly;
  if (!recurrence || !since) return null;
  const Sign = SIGNS[recurrence];
  const when = format.dateTime(since, report?.timezone);
  return (
    <Group gap={6} wrap="nowrap" mt={6}>
      <Sign size={16} aria-hidden style={{ flex: 'none' }} />
      <Text size="sm">{recurrence === 'new' ? words.new : words[recurrence](when)}</Text>
    </Group>
  );
}
