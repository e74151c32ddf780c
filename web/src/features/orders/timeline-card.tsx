import { Text, Timeline } from '@mantine/core';
import type { Order } from '@/api/orders';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Card } from '@/ui/card';

/** When it was drawn up, placed, moved and completed. */
export function TimelineCard({ order }: { order: Order }) {
  const words = useOrderWords();
  const format = useFormat();
  const once = order.first_moved_at === order.last_moved_at;
  const steps: [string, string | null][] = [
    [words.drawnUp, order.created_at],
    [words.placedOn, order.placed_at],
    [words.firstMoved[order.type], order.first_moved_at],
    [words.lastMoved[order.type], once ? null : order.last_moved_at],
    [
      order.closed_short ? `${words.completedOn}, ${words.closedShort}` : words.completedOn,
      order.completed_at,
    ],
    [words.cancelledOn, order.cancelled_at],
  ];
  const done = steps.filter((step): step is [string, string] => step[1] !== null);
  return (
    <Card title={words.timeline}>
      <Timeline active={done.length - 1} bulletSize={14} lineWidth={2}>
        {done.map(([name, moment], index) => (
          <Timeline.Item key={name} title={name}>
            <Text size="sm" c="dimmed">
              {format.dateTime(moment)}
              {index === 0 && order.by_name ? ` ${words.by(order.by_name)}` : null}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Card>
  );
}
