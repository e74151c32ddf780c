import { Badge, Button, Stack, Table } from '@mantine/core';
import { IconPlus, IconTruck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { suppliersQuery, type Supplier } from '@/api/catalog';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { CatalogTabs } from '@/domain/catalog/catalog-tabs';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { useCatalogWords } from '@/i18n/catalog';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { Loaded, Notice } from '@/ui/states';
import { ArchivedSwitch } from './archived-switch';
import { SupplierDialog } from './supplier-dialog';

const route = getRouteApi('/inside/items/suppliers');

export function SuppliersPage() {
  const words = useCatalogWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const { archived = false } = route.useSearch();
  const navigate = route.useNavigate();
  const go = useNavigate();
  const [creating, setCreating] = useState(false);
  const query = useQuery(suppliersQuery());
  const add = mayManage ? (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setCreating(true)}>
      {words.supplier.add}
    </Button>
  ) : null;
  return (
    <Page
      title={words.tabs.suppliers}
      lead={words.supplier.lead}
      actions={
        query.data?.length === 0 ? null : (
          <>
            <ExportListButton list="suppliers" />
            {add}
          </>
        )
      }
    >
      <CatalogTabs />
      <Loaded query={query}>
        {(suppliers) =>
          suppliers.length === 0 ? (
            <Notice icon={IconTruck} title={words.supplier.emptyTitle} action={add}>
              {mayManage ? words.supplier.empty : words.supplier.emptyForReaders}
            </Notice>
          ) : (
            <Stack gap="sm">
              {suppliers.some((each) => each.archived) || archived ? (
                <ArchivedSwitch
                  shown={archived}
                  onChange={(shown) =>
                    void navigate({ search: { archived: shown }, replace: true })
                  }
                />
              ) : null}
              <SupplierTable suppliers={suppliers.filter((each) => archived || !each.archived)} />
            </Stack>
          )
        }
      </Loaded>
      {creating ? (
        <SupplierDialog
          onSaved={({ id }) =>
            void go({ to: '/items/suppliers/$supplierId', params: { supplierId: id } })
          }
          onClose={() => setCreating(false)}
        />
      ) : null}
    </Page>
  );
}

function SupplierTable({ suppliers }: { suppliers: readonly Supplier[] }) {
  const words = useCatalogWords();
  const format = useFormat();
  return (
    <Card p={0}>
      <StackedTable
        inset
        label={words.tabs.suppliers}
        head={
          <>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.supplier.parts}</Table.Th>
            <Table.Th>{words.supplier.contact}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.supplier.leadTime}</Table.Th>
          </>
        }
      >
        {suppliers.map((supplier) => (
          <Table.Tr key={supplier.id}>
            <Table.Th scope="row" className={stacked.name}>
              <TextLink
                to="/items/suppliers/$supplierId"
                params={{ supplierId: supplier.id }}
                underline="always"
                size="sm"
              >
                {supplier.name}
              </TextLink>
              {supplier.archived ? (
                <Badge variant="light" color="gray" tt="none" ml="xs">
                  {words.archived}
                </Badge>
              ) : null}
            </Table.Th>
            <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
              <span className={stacked.label}>{words.supplier.parts}: </span>
              {format.number(supplier.parts)}
            </Table.Td>
            <Table.Td className={contactOf(supplier) ? stacked.name : stacked.empty}>
              {contactOf(supplier)}
            </Table.Td>
            <Table.Td
              className={
                typeof supplier.lead_time_days !== 'number'
                  ? stacked.empty
                  : `${stacked.quantity} ${stacked.end} numbers`
              }
            >
              {typeof supplier.lead_time_days !== 'number'
                ? null
                : words.supplier.days(format.number(supplier.lead_time_days))}
            </Table.Td>
          </Table.Tr>
        ))}
      </StackedTable>
    </Card>
  );
}

const contactOf = ({ contact }: Supplier): string =>
  contact?.name ?? contact?.email ?? contact?.phone ?? '';
