import { Group, Text, VisuallyHidden } from '@mantine/core';
import {
  IconAlertHexagonFilled,
  IconAlertTriangleFilled,
  IconCalendarDue,
  IconCalendarExclamation,
  IconCircleCheckFilled,
  IconCircleDotted,
  IconEyeCheck,
  IconInfoSquareRounded,
  IconPointFilled,
  IconProgress,
  type Icon,
} from '@tabler/icons-react';
import type { Priority, Status } from '@/api/anomalies';
import { today } from '@/domain/days';
import { useFormat, useMessages } from '@/i18n/i18n';

/** Shape and words tell as much as the colour does. */
const PRIORITY_SIGNS: Record<Priority, Icon> = {
  'Very High': IconAlertHexagonFilled,
  High: IconAlertTriangleFilled,
  Medium: IconInfoSquareRounded,
  Low: IconPointFilled,
};

export const PRIORITY_COLORS: Record<Priority, string> = {
  'Very High': 'var(--priority-very-high)',
  High: 'var(--priority-high)',
  Medium: 'var(--priority-medium)',
  Low: 'var(--priority-low)',
};

const STATUS_SIGNS: Record<Status, Icon> = {
  New: IconCircleDotted,
  Acknowledged: IconEyeCheck,
  'In Progress': IconProgress,
  Resolved: IconCircleCheckFilled,
};

export const STATUS_COLORS: Record<Status, string> = {
  New: 'var(--status-new)',
  Acknowledged: 'var(--status-acknowledged)',
  'In Progress': 'var(--status-in-progress)',
  Resolved: 'var(--status-resolved)',
};

export function PriorityMark({ priority, bare = false }: { priority: Priority; bare?: boolean }) {
  const words = useMessages().priority[priority];
  const Sign = PRIORITY_SIGNS[priority];
  const color = PRIORITY_COLORS[priority];
  if (bare) return <Sign size={18} color={color} role="img" aria-label={words} />;
  return <Mark sign={<Sign size={18} color={color} aria-hidden />} words={words} />;
}

export function StatusSign({ status, size = 18 }: { status: Status; size?: number }) {
  const Sign = STATUS_SIGNS[status];
  return <Sign size={size} color={STATUS_COLORS[status]} aria-hidden style={{ flexShrink: 0 }} />;
}

export function StatusMark({ status }: { status: Status }) {
  const words = useMessages().status[status];
  return <Mark sign={<StatusSign status={status} />} words={words} />;
}

/** By when it is to be done; what is late says so in words as well. */
export function DueMark({
  day,
  done,
  brief = false,
}: {
  day: string | null | undefined;
  done: boolean;
  /** Only the day is seen, where there is little room. */
  brief?: boolean;
}) {
  const { triage: words } = useMessages();
  const format = useFormat();
  if (!day) return null;
  const late = !done && day < today();
  const date = format.date(day);
  const text = late ? words.lateSince(date) : words.dueOn(date);
  const Sign = late ? IconCalendarExclamation : IconCalendarDue;
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex">
      <Sign
        size={brief ? 14 : 16}
        aria-hidden
        color={late ? 'var(--priority-very-high)' : undefined}
        style={{ flex: 'none' }}
      />
      <Text
        span
        size={brief ? 'xs' : 'sm'}
        c={late ? 'var(--priority-very-high)' : brief ? 'dimmed' : undefined}
        style={{ whiteSpace: 'nowrap' }}
      >
        {brief ? (
          <>
            <span aria-hidden>{date}</span>
            <VisuallyHidden>{text}</VisuallyHidden>
          </>
        ) : (
          text
        )}
      </Text>
    </Group>
  );
}

function Mark({ sign, words }: { sign: React.ReactNode; words: string }) {
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      {sign}
      <Text span size="sm" style={{ whiteSpace: 'nowrap' }}>
        {words}
      </Text>
    </Group>
  );
}
