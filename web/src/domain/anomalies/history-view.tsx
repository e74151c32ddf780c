import { Group, Stack, Text, Timeline } from '@mantine/core';
import { IconMessage, IconUserCheck } from '@tabler/icons-react';
import type { AnomalyDetail } from '@/api/anomalies';
import { useFormat, useMessages } from '@/i18n/i18n';
import { FreeText } from '@/ui/free-text';
import { stepsOf, type Step } from './history';
import { StatusSign } from './marks';

/** The name under which analyses change what they find again, or no more. */
const SYSTEM = 'system';

/** Who changed what, newest first, down to the analysis that found it. */
export function HistoryView({ anomaly }: { anomaly: AnomalyDetail }) {
  const { panel: words } = useMessages();
  const steps = stepsOf(anomaly).reverse();
  const older = anomaly.history_total - anomaly.history.length;
  return (
    <Stack gap="xs">
      <Timeline bulletSize={26} lineWidth={2} color="gray">
        {steps.map((step) => (
          <Timeline.Item
            key={step.entry.version}
            bullet={<StepSign step={step} />}
            title={
              <Text size="sm" fw={600}>
                <StepTitle step={step} />
              </Text>
            }
          >
            <StepText step={step} />
            <Moment time={step.entry.at} by={step.entry.by} />
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
            <Moment time={anomaly.created_at} />
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

function StepSign({ step }: { step: Step }) {
  if (step.moved) return <StatusSign status={step.entry.new_status} size={16} />;
  if (step.assignee !== undefined || step.due !== undefined)
    return <IconUserCheck size={15} aria-hidden />;
  return step.entry.comment ? (
    <IconMessage size={15} aria-hidden />
  ) : (
    <StatusSign status={step.entry.new_status} size={16} />
  );
}

function StepTitle({ step: { entry, moved, assignee, due } }: { step: Step }) {
  const { panel, status, triage: words } = useMessages();
  const format = useFormat();
  const parts = [
    moved ? panel.moved(status[entry.old_status], status[entry.new_status]) : null,
    assignee === undefined ? null : assignee ? words.assigned(assignee) : words.unassigned,
    due === undefined ? null : due ? words.dueSet(format.date(due)) : words.dueTaken,
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(' · ');
  return entry.comment ? panel.commented : status[entry.new_status];
}

function StepText({ step: { entry } }: { step: Step }) {
  const { reason } = useMessages();
  // What an analysis says of something vanished is its reason, in the service's own language.
  const comment = entry.reason === 'vanished' && entry.by === SYSTEM ? null : entry.comment;
  return (
    <>
      {entry.reason && entry.new_status === 'Resolved' ? (
        <Text size="sm" c="dimmed">
          {reason[entry.reason]}
        </Text>
      ) : null}
      {comment ? <FreeText size="sm" text={comment} /> : null}
    </>
  );
}

function Moment({ time, by }: { time: string; by?: string }) {
  const { panel: words, triage } = useMessages();
  const format = useFormat();
  return (
    <Group gap={4}>
      <Text size="xs" c="dimmed" component="time" dateTime={time} title={format.dateTime(time)}>
        {format.ago(time)}
      </Text>
      {by ? (
        <Text size="xs" c="dimmed">
          {by === SYSTEM ? triage.system : words.by(by)}
        </Text>
      ) : null}
    </Group>
  );
}
