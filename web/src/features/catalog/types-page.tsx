import { Badge, Button, Stack, Table } from '@mantine/core';
import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { inventoryTypesQuery, type InventoryType } from '@/api/catalog';
import { changeInventoryType, deleteInventoryType } from '@/api/inventory-types';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { CatalogTabs } from '@/domain/catalog/catalog-tabs';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { useCatalogWords } from '@/i18n/catalog';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Page } from '@/ui/page';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { Loaded, Notice } from '@/ui/states';
import { ArchivedSwitch } from './archived-switch';
import { EntryMenu } from './entry-menu';
import { TypeDialog } from './type-dialog';

const route = getRouteApi('/inside/items/types');

export function TypesPage() {
  const words = useCatalogWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const { archived = false } = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, setCreating] = useState(false);
  const query = useQuery(inventoryTypesQuery());
  const add = mayManage ? (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setCreating(true)}>
      {words.type.add}
    </Button>
  ) : null;
  return (
    <Page
      title={words.tabs.types}
      lead={words.type.lead}
      actions={
        query.data?.length === 0 ? null : (
          <>
            <ExportListButton list="inventory_types" />
            {add}
          </>
        )
      }
    >
      <CatalogTabs />
      <Loaded query={query}>
        {(types) =>
          types.length === 0 ? (
            <Notice icon={IconListCheck} title={words.type.emptyTitle} action={add}>
              {mayManage ? words.type.empty : words.type.emptyForReaders}
            </Notice>
          ) : (
            <Stack gap="sm">
              {types.some((each) => each.archived) || archived ? (
                <ArchivedSwitch
                  shown={archived}
                  onChange={(shown) =>
                    void navigate({ search: { archived: shown }, replace: true })
                  }
                />
              ) : null}
              <TypeTable
                types={types.filter((each) => archived || !each.archived)}
                mayManage={mayManage}
              />
            </Stack>
          )
        }
      </Loaded>
      {creating ? <TypeDialog onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}

function TypeTable({ types, mayManage }: { types: readonly InventoryType[]; mayManage: boolean }) {
  const words = useCatalogWords();
  return (
    <Card p={0}>
      <StackedTable
        inset
        label={words.tabs.types}
        head={
          <>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.tabs.items}</Table.Th>
            <Table.Th>{words.type.demands}</Table.Th>
            <Table.Th>{words.description}</Table.Th>
            {mayManage ? <Table.Td /> : null}
          </>
        }
      >
        {types.map((type) => (
          <TypeRow key={type.id} type={type} mayManage={mayManage} />
        ))}
      </StackedTable>
    </Card>
  );
}

function TypeRow({ type, mayManage }: { type: InventoryType; mayManage: boolean }) {
  const words = useCatalogWords();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const demands = [
    type.demands_lot ? words.type.lot : null,
    type.demands_expiry ? words.type.expiry : null,
    type.demands_serial ? words.type.serial : null,
  ].filter((each) => each !== null);
  return (
    <Table.Tr>
      <Table.Th scope="row" className={stacked.name}>
        {type.name}
        {type.archived ? (
          <Badge variant="light" color="gray" tt="none" ml="xs">
            {words.archived}
          </Badge>
        ) : null}
      </Table.Th>
      <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
        <span className={stacked.label}>{words.tabs.items}: </span>
        {format.number(type.items)}
      </Table.Td>
      <Table.Td>{demands.length > 0 ? demands.join(', ') : words.type.nothing}</Table.Td>
      <Table.Td className={type.description ? `${stacked.wide} ${stacked.name}` : stacked.empty}>
        {type.description}
      </Table.Td>
      {mayManage ? (
        <Table.Td ta="right" className={stacked.end}>
          <EntryMenu
            name={type.name}
            onEdit={() => setEditing(true)}
            archiving={{
              archived: type.archived,
              change: (archived) => changeInventoryType(type, { archived }),
            }}
            remove={() => deleteInventoryType(type)}
          />
          {editing ? <TypeDialog type={type} onClose={() => setEditing(false)} /> : null}
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}
