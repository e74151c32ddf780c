import { Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Movement } from '@/api/movements';
import { orderMovementsQuery, type Order } from '@/api/orders';
import { usePlaceText } from '@/domain/stock/place-text';
import { signedText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { LoadMore } from '@/ui/load-more';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { Loaded } from '@/ui/states';

/** What was moved of the order, newest first. */
export function OrderMovementsCard({ order }: { order: Order }) {
  const words = useOrderWords();
  const query = useInfiniteQuery(orderMovementsQuery(order.id));
  const all = query.data?.pages.flatMap((page) => page.movements);
  if (order.status === 'draft' || order.status === 'cancelled') return null;
  return (
    <Card title={words.movements}>
      <Loaded query={{ ...query, data: all }}>
        {(movements) =>
          movements.length === 0 ? (
            <Text c="dimmed">{words.movementsEmpty}</Text>
          ) : (
            <StackedTable
              label={words.movements}
              head={
                <>
                  <Table.Th>{words.item}</Table.Th>
                  <Table.Th className={stacked.quantity}>{words.moved}</Table.Th>
                  <Table.Th>{words.place}</Table.Th>
                  <Table.Th>{words.when}</Table.Th>
                </>
              }
            >
              {movements.map((movement) => (
                <Row key={movement.id} order={order} movement={movement} />
              ))}
            </StackedTable>
          )
        }
      </Loaded>
      <LoadMore query={query} />
    </Card>
  );
}

function Row({ order, movement }: { order: Order; movement: Movement }) {
  const words = useOrderWords();
  const format = useFormat();
  const placeText = usePlaceText();
  const line = order.lines.find(({ line_id }) => line_id === movement.order_line);
  const { kind } = movement;
  const known = kind === 'receipt' || kind === 'issue' || kind === 'return' ? kind : 'other';
  return (
    <Table.Tr>
      <Table.Th scope="row" className={stacked.name}>
        <TextLink
          to="/items/$itemId"
          params={{ itemId: movement.item_id }}
          underline="always"
          size="sm"
        >
          {line?.item_name ?? movement.item_id}
        </TextLink>
        <Text span size="xs" c="dimmed" fw={400}>
          {` ${words.kinds[known]}`}
        </Text>
      </Table.Th>
      <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
        {`${signedText(format, movement.quantity)} ${line?.base_unit ?? ''}`}
      </Table.Td>
      <Table.Td className={stacked.name}>{placeText(movement)}</Table.Td>
      <Table.Td className={stacked.wide}>
        {format.dateTime(movement.effective_at)}
        {movement.by_name ? ` ${words.by(movement.by_name)}` : null}
      </Table.Td>
    </Table.Tr>
  );
}
