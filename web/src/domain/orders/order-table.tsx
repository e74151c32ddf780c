import { Group, Table, Text } from '@mantine/core';
import type { OrderSummary } from '@/api/orders';
import { useFormat } from '@/i18n/i18n';
import type { OrderWords } from '@/i18n/en/orders';
import { useOrderWords } from '@/i18n/orders';
import { TextLink } from '@/ui/link';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { LateMark, OrderStatusMark } from './order-marks';

/** How many lines are open; of an order that is over, how many are not complete. */
export function openText(
  { status, open_lines: open, lines }: Pick<OrderSummary, 'status' | 'open_lines' | 'lines'>,
  words: OrderWords,
): string {
  const of = String(lines);
  if (status === 'cancelled') return words.lacking(0, of);
  return status === 'completed' ? words.lacking(open, of) : words.openLines(open, of);
}

interface OrderTableProps {
  orders: readonly OrderSummary[];
  label: string;
  inset?: boolean;
}

export function OrderTable({ orders, label, inset = false }: OrderTableProps) {
  const words = useOrderWords();
  const format = useFormat();
  return (
    <StackedTable
      inset={inset}
      label={label}
      head={
        <>
          <Table.Th>{words.number}</Table.Th>
          <Table.Th>{words.status}</Table.Th>
          <Table.Th>{words.partner}</Table.Th>
          <Table.Th>{words.expected}</Table.Th>
          <Table.Th>{words.lines}</Table.Th>
          <Table.Th className={stacked.quantity}>{words.total}</Table.Th>
        </>
      }
    >
      {orders.map((order) => (
        <Table.Tr key={order.id}>
          <Table.Th scope="row" className={stacked.name}>
            <TextLink
              to="/orders/$orderId"
              params={{ orderId: order.id }}
              underline="always"
              size="sm"
            >
              {order.internal_number}
            </TextLink>
            <Text span size="xs" c="dimmed" fw={400}>
              {` ${words.type[order.type]}`}
            </Text>
          </Table.Th>
          <Table.Td className={stacked.end}>
            <Group gap={4}>
              <OrderStatusMark status={order.status} />
              {order.late ? <LateMark /> : null}
            </Group>
          </Table.Td>
          <Table.Td className={stacked.name}>{order.supplier_name ?? order.customer}</Table.Td>
          <Table.Td className={order.expected_at ? stacked.end : stacked.empty}>
            {order.expected_at ? format.dayOf(order.expected_at) : null}
          </Table.Td>
          <Table.Td>{openText(order, words)}</Table.Td>
          <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
            {format.exactMoney(order.total, order.currency)}
          </Table.Td>
        </Table.Tr>
      ))}
    </StackedTable>
  );
}
