import { Button, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Item } from '@/api/items';
import { movementsQuery, type Movement } from '@/api/movements';
import { mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { usePlaceText } from '@/domain/stock/place-text';
import { personOf, quantityText, signedText } from '@/domain/stock/quantity';
import { useUndo } from '@/domain/stock/use-undo';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { useStockWords } from '@/i18n/stock';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { FreeText } from '@/ui/free-text';
import { TextLink } from '@/ui/link';
import { LoadMore } from '@/ui/load-more';
import { StackedTable } from '@/ui/stacked-table';
import { Loaded } from '@/ui/states';
import classes from './items.module.css';

/** The ledger of an item, newest first; whoever may move stock can undo each once. */
export function MovementsCard({ item }: { item: Item }) {
  const words = useItemWords();
  const mayMove = mayMoveStock(useCompanyRole());
  const query = useInfiniteQuery(movementsQuery(item.id));
  const all = query.data?.pages.flatMap((page) => page.movements);
  return (
    <Card
      title={words.movements}
      aside={<ExportListButton list="movements" filters={{ item_id: item.id }} size="xs" />}
    >
      <Loaded query={{ ...query, data: all }}>
        {(movements) =>
          movements.length === 0 ? (
            <Text c="dimmed">{words.movementsEmpty}</Text>
          ) : (
            <StackedTable
              label={words.movements}
              className={classes.table}
              head={
                <>
                  <Table.Th>{words.kind}</Table.Th>
                  <Table.Th className={classes.quantity}>{words.quantity}</Table.Th>
                  <Table.Th>{words.place}</Table.Th>
                  <Table.Th className={classes.quantity}>{words.balanceAfter}</Table.Th>
                  <Table.Th>{words.when}</Table.Th>
                  <Table.Th>{words.reason}</Table.Th>
                  {mayMove ? <Table.Td /> : null}
                </>
              }
            >
              {movements.map((movement) => (
                <MovementRow
                  key={movement.id}
                  movement={movement}
                  unit={item.unit}
                  mayMove={mayMove}
                />
              ))}
            </StackedTable>
          )
        }
      </Loaded>
      <LoadMore query={query} />
    </Card>
  );
}

interface MovementRowProps {
  movement: Movement;
  unit: string;
  mayMove: boolean;
}

function MovementRow({ movement, unit, mayMove }: MovementRowProps) {
  const words = useItemWords();
  const format = useFormat();
  const placeText = usePlaceText();
  const person = movement.by_name ?? personOf(movement.by);
  const { to, reason } = movement;
  // What is moved elsewhere is neither more nor less.
  const amount = to
    ? quantityText(format, movement.quantity, unit)
    : `${signedText(format, movement.quantity)} ${unit}`;
  return (
    <Table.Tr id={movement.id} className={classes.movement}>
      <Table.Th scope="row">
        {words.kinds[movement.kind]}
        <Links movement={movement} />
      </Table.Th>
      <Table.Td className={`${classes.quantity} ${classes.end} numbers`}>{amount}</Table.Td>
      <Table.Td className={classes.name}>
        {placeText(movement)}
        {to ? ` → ${placeText(to, movement)}` : null}
      </Table.Td>
      <Table.Td className={`${classes.quantity} ${classes.end} numbers`}>
        <span className={classes.label}>{words.balanceAfter}: </span>
        {quantityText(format, movement.balance_after, unit)}
      </Table.Td>
      <Table.Td className={classes.when}>
        {format.dateTime(movement.effective_at)}
        {person ? ` ${words.byWhom(person)}` : null}
      </Table.Td>
      <Table.Td className={reason ? classes.wide : classes.empty}>
        {reason ? <FreeText size="sm" text={reason} /> : null}
      </Table.Td>
      {mayMove ? (
        <Table.Td ta="right" className={undoable(movement) ? classes.wide : classes.empty}>
          {undoable(movement) ? (
            <UndoButton
              movement={movement}
              what={`${words.kinds[movement.kind]}, ${amount}, ${format.dateTime(movement.effective_at)}`}
            />
          ) : null}
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}

/** What belongs to an order is returned there. */
/** What belongs to more than itself is undone where that is. */
const undoable = ({ kind, reversed_by, order_id, kit_id, consumption_id }: Movement): boolean =>
  kind !== 'reversal' && !reversed_by && !order_id && !kit_id && !consumption_id;

/** The ways to what undid it, to what it undid, and to the count or the order it came of. */
function Links({
  movement: { reversed_by, reverses, count_id, order_id, warehouse_id },
}: {
  movement: Movement;
}) {
  const words = useItemWords();
  if (!reversed_by && !reverses && !count_id && !order_id) return null;
  return (
    <Text span size="xs" c="dimmed" fw={400}>
      {reversed_by ? (
        <>
          {` · ${words.reversed} `}
          <a href={`#${reversed_by}`}>{words.toReversal}</a>
        </>
      ) : null}
      {reverses ? (
        <>
          {' · '}
          <a href={`#${reverses}`}>{words.toReversed}</a>
        </>
      ) : null}
      {count_id ? (
        <>
          {' · '}
          <TextLink
            to="/w/$warehouse/counts/$countId"
            params={{ warehouse: warehouse_id, countId: count_id }}
            inherit
            underline="always"
          >
            {words.inCount}
          </TextLink>
        </>
      ) : null}
      {order_id ? (
        <>
          {' · '}
          <TextLink to="/orders/$orderId" params={{ orderId: order_id }} inherit underline="always">
            {words.ofOrder}
          </TextLink>
        </>
      ) : null}
    </Text>
  );
}

function UndoButton({ movement, what }: { movement: Movement; what: string }) {
  const words = useItemWords();
  const { undo: label } = useStockWords();
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const undo = useUndo();
  async function confirmed() {
    setPending(true);
    await undo([movement.id]);
    setPending(false);
    setAsking(false);
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={words.undoOf(what)}
        onClick={() => setAsking(true)}
      >
        {label}
      </Button>
      <Confirm
        opened={asking}
        title={words.undoTitle}
        confirm={label}
        pending={pending}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <Text>{what}</Text>
        <Text>{words.undoText}</Text>
      </Confirm>
    </>
  );
}
