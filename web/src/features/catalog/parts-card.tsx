import { ActionIcon, Button, Group, Table, Text } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CATALOG, type Supplier } from '@/api/catalog';
import { itemQuery } from '@/api/items';
import { hasStatus } from '@/api/problem';
import { deletePart, partsQuery, type Part } from '@/api/suppliers';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { useCatalogWords } from '@/i18n/catalog';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { TextLink } from '@/ui/link';
import { LoadMore } from '@/ui/load-more';
import { useNotify } from '@/ui/notify';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { Loaded } from '@/ui/states';
import { PartDialog } from './part-dialog';

interface PartsCardProps {
  supplier: Supplier;
  mayManage: boolean;
}

/** Which items it sells, in which packs and for how much. */
export function PartsCard({ supplier, mayManage }: PartsCardProps) {
  const { supplier: words } = useCatalogWords();
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery(partsQuery(supplier.id));
  const all = query.data?.pages.flatMap((page) => page.parts);
  return (
    <Card
      title={words.parts}
      aside={
        <Group gap="xs">
          <ExportListButton list="parts" filters={{ supplier: supplier.id }} size="xs" />
          {mayManage && !supplier.archived ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => setAdding(true)}
            >
              {words.addPart}
            </Button>
          ) : null}
        </Group>
      }
    >
      <Text size="sm" c="dimmed">
        {words.partsLead}
      </Text>
      <Loaded query={{ ...query, data: all }}>
        {(parts) =>
          parts.length === 0 ? (
            <Text>{words.partsEmpty}</Text>
          ) : (
            <PartTable parts={parts} supplier={supplier} mayManage={mayManage} />
          )
        }
      </Loaded>
      <LoadMore query={query} />
      {adding ? <PartDialog supplier={supplier} onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function PartTable({ parts, supplier, mayManage }: PartsCardProps & { parts: readonly Part[] }) {
  const { supplier: words } = useCatalogWords();
  return (
    <StackedTable
      label={words.parts}
      head={
        <>
          <Table.Th>{words.item}</Table.Th>
          <Table.Th className={stacked.quantity}>{words.price}</Table.Th>
          <Table.Th>{words.pack}</Table.Th>
          <Table.Th>{words.partNumber}</Table.Th>
          <Table.Th>{words.leadTime}</Table.Th>
          {mayManage ? <Table.Td /> : null}
        </>
      }
    >
      {parts.map((part) => (
        <PartRow key={part.item_id} part={part} supplier={supplier} mayManage={mayManage} />
      ))}
    </StackedTable>
  );
}

function PartRow({ part, supplier, mayManage }: PartsCardProps & { part: Part }) {
  const { supplier: words } = useCatalogWords();
  const format = useFormat();
  const item = useQuery(itemQuery(part.item_id)).data;
  const lead = part.lead_time_days ?? supplier.lead_time_days ?? null;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={stacked.name}>
        <TextLink
          to="/items/$itemId"
          params={{ itemId: part.item_id }}
          underline="always"
          size="sm"
        >
          {item?.name ?? '…'}
        </TextLink>
      </Table.Th>
      <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
        {format.money(Number(part.price), part.currency)}
      </Table.Td>
      <Table.Td className="numbers">{`${format.number(part.pack_size, 9)} ${part.unit}`}</Table.Td>
      <Table.Td className={`${stacked.end} code`}>{part.part_number}</Table.Td>
      <Table.Td className={lead === null ? stacked.empty : 'numbers'}>
        {lead === null ? null : (
          <>
            <span className={stacked.label}>{words.leadTime} </span>
            {words.days(format.number(lead))}
            {part.lead_time_days === null ? (
              <Text span size="xs" c="dimmed">{` · ${words.asSupplier}`}</Text>
            ) : null}
          </>
        )}
      </Table.Td>
      {mayManage ? (
        <Table.Td className={stacked.end}>
          <PartActions part={part} supplier={supplier} name={item?.name ?? part.part_number} />
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}

interface PartActionsProps {
  part: Part;
  supplier: Supplier;
  name: string;
}

function PartActions({ part, supplier, name }: PartActionsProps) {
  const { supplier: words } = useCatalogWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const [doing, setDoing] = useState<'edit' | 'remove' | null>(null);
  const close = () => setDoing(null);
  const removing = useMutation({
    mutationFn: () => deletePart(part),
    onSuccess: () => notify.done(words.removed(name)),
    onError: (error) => notify.failed(hasStatus(error, 412) ? new Error(state.conflict) : error),
    onSettled: () => {
      close();
      return queries.invalidateQueries({ queryKey: CATALOG });
    },
  });
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      <ActionIcon
        variant="default"
        size={32}
        aria-label={words.editPart(name)}
        onClick={() => setDoing('edit')}
      >
        <IconPencil size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={32}
        aria-label={words.removePart(name)}
        onClick={() => setDoing('remove')}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
      {doing === 'edit' ? (
        <PartDialog supplier={supplier} part={part} name={name} onClose={close} />
      ) : null}
      <Confirm
        opened={doing === 'remove'}
        danger
        title={words.removePart(name)}
        confirm={words.remove}
        pending={removing.isPending}
        onConfirm={() => removing.mutate()}
        onClose={close}
      >
        {words.removePartText}
      </Confirm>
    </Group>
  );
}
