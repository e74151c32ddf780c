import { Badge } from '@mantine/core';
import type { OrderStatus } from '@/api/orders';
import { useOrderWords } from '@/i18n/orders';

const COLORS: Partial<Record<OrderStatus, string>> = {
  draft: 'gray',
  completed: 'green',
  cancelled: 'gray',
};

/** What has become of an order. */
export function OrderStatusMark({ status }: { status: OrderStatus }) {
  const words = useOrderWords();
  return (
    <Badge variant="light" color={COLORS[status]} tt="none" style={{ flex: 'none' }}>
      {words.statuses[status]}
    </Badge>
  );
}

/** It is expected by now. */
export function LateMark() {
  const words = useOrderWords();
  return (
    <Badge variant="light" color="red" tt="none" style={{ flex: 'none' }}>
      {words.late}
    </Badge>
  );
}
