import { Button, Group, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeLot, itemKey, lotsQuery, type Item, type Lot } from '@/api/items';
import { hasStatus } from '@/api/problem';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Card } from '@/ui/card';
import { LoadMore } from '@/ui/load-more';
import { useNotify } from '@/ui/notify';
import { StackedTable } from '@/ui/stacked-table';
import { Loaded } from '@/ui/states';
import classes from './items.module.css';
import { LotDialog } from './lot-dialog';

/** Nothing for an item whose movements have named no lot. */
export function LotsCard({ item, mayManage }: { item: Item; mayManage: boolean }) {
  const words = useItemWords();
  const query = useInfiniteQuery(lotsQuery(item.id));
  const all = query.data?.pages.flatMap((page) => page.lots);
  if (all?.length === 0) return null;
  return (
    <Card title={words.lots}>
      <Loaded query={{ ...query, data: all }}>
        {(lots) => (
          <StackedTable
            label={words.lots}
            head={
              <>
                <Table.Th>{words.lot}</Table.Th>
                <Table.Th>{words.status}</Table.Th>
                <Table.Th>{words.expiry}</Table.Th>
                <Table.Td />
              </>
            }
          >
            {lots.map((lot) => (
              <LotRow key={lot.lot} lot={lot} mayManage={mayManage} />
            ))}
          </StackedTable>
        )}
      </Loaded>
      <LoadMore query={query} />
    </Card>
  );
}

function LotRow({ lot, mayManage }: { lot: Lot; mayManage: boolean }) {
  const words = useItemWords();
  const format = useFormat();
  const quarantined = lot.status === 'quarantined';
  return (
    <Table.Tr>
      <Table.Th scope="row" className={`${classes.name} code`}>
        {lot.lot}
      </Table.Th>
      <Table.Td className={classes.end}>
        <Text span size="sm" fw={quarantined ? 600 : undefined}>
          {words.lotStatuses[lot.status]}
        </Text>
      </Table.Td>
      <Table.Td className={lot.expiry_date ? undefined : classes.empty}>
        {lot.expiry_date ? (
          <>
            <span className={classes.label}>{words.expiry} </span>
            {format.date(lot.expiry_date)}
          </>
        ) : null}
      </Table.Td>
      <Table.Td ta="right" className={mayManage ? classes.end : classes.empty}>
        {mayManage ? (
          <Group gap="xs" justify="flex-end">
            <EditButton lot={lot} />
            <QuarantineButton lot={lot} />
          </Group>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

function EditButton({ lot }: { lot: Lot }) {
  const words = useItemWords();
  const [editing, setEditing] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={words.editLot(lot.lot)}
        onClick={() => setEditing(true)}
      >
        {words.edit}
      </Button>
      {editing ? <LotDialog lot={lot} onClose={() => setEditing(false)} /> : null}
    </>
  );
}

function QuarantineButton({ lot }: { lot: Lot }) {
  const words = useItemWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const quarantined = lot.status === 'quarantined';
  const changing = useMutation({
    mutationFn: () => changeLot(lot, { status: quarantined ? 'available' : 'quarantined' }),
    onSuccess: () =>
      notify.done(quarantined ? words.released(lot.lot) : words.quarantined(lot.lot)),
    onError: (error) => notify.failed(hasStatus(error, 412) ? new Error(state.conflict) : error),
    onSettled: () => queries.invalidateQueries({ queryKey: itemKey(lot.item_id) }),
  });
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={quarantined ? words.releaseOf(lot.lot) : words.quarantineOf(lot.lot)}
      loading={changing.isPending}
      onClick={() => changing.mutate()}
    >
      {quarantined ? words.release : words.quarantine}
    </Button>
  );
}
