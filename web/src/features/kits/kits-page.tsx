import { Stack, Table } from '@mantine/core';
import { IconBoxMultiple } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { availabilityQuery, kitListQuery, type Kit } from '@/api/kits';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { CatalogTabs } from '@/domain/catalog/catalog-tabs';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { quantityText } from '@/domain/stock/quantity';
import { useScope, warehouseOf } from '@/domain/warehouses/scope';
import { useFormat } from '@/i18n/i18n';
import { useKitWords } from '@/i18n/kits';
import { Card } from '@/ui/card';
import { SearchField } from '@/ui/filters';
import { ButtonLink, TextLink } from '@/ui/link';
import { isEmptyList, LoadedList } from '@/ui/loaded-list';
import { Page } from '@/ui/page';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { NothingMatches, Notice } from '@/ui/states';

const route = getRouteApi('/inside/items/kits');

/** Items that are made of others, and how many of them there are in the chosen warehouse. */
export function KitsPage() {
  const words = useKitWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(kitListQuery(q));
  const isUnused = isEmptyList(query) && !q;
  const find = (wanted: string | undefined) =>
    void navigate({ search: { q: wanted }, replace: true });
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={isUnused ? null : <ExportListButton list="kits" />}
    >
      <CatalogTabs />
      <Stack gap="sm">
        {isUnused ? null : (
          <div role="search">
            <SearchField
              label={words.search}
              placeholder={words.searchHint}
              maxLength={100}
              value={q}
              onChange={find}
            />
          </div>
        )}
        <LoadedList
          query={query}
          empty={
            q ? (
              <NothingMatches title={words.nothingTitle} onClear={() => find(undefined)}>
                {words.nothing}
              </NothingMatches>
            ) : (
              <Notice
                icon={IconBoxMultiple}
                title={words.emptyTitle}
                action={<ButtonLink to="/items">{words.toItems}</ButtonLink>}
              >
                {mayManage ? words.empty : words.emptyForReaders}
              </Notice>
            )
          }
        >
          {(kits) => <KitTable kits={kits} />}
        </LoadedList>
      </Stack>
    </Page>
  );
}

function KitTable({ kits }: { kits: readonly Kit[] }) {
  const words = useKitWords();
  const format = useFormat();
  return (
    <Card p={0}>
      <StackedTable
        inset
        label={words.title}
        head={
          <>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.made}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.possible}</Table.Th>
            <Table.Th>{words.components}</Table.Th>
            <Table.Th>{words.sku}</Table.Th>
          </>
        }
      >
        {kits.map((kit) => (
          <Table.Tr key={kit.id}>
            <Table.Th scope="row" className={stacked.name}>
              <TextLink
                to="/items/$itemId"
                params={{ itemId: kit.id }}
                underline="always"
                size="sm"
              >
                {kit.name}
              </TextLink>
            </Table.Th>
            <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
              <span className={stacked.label}>{words.made}: </span>
              {quantityText(format, kit.quantity, kit.unit)}
            </Table.Td>
            <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
              <span className={stacked.label}>{words.possible}: </span>
              <Possible kit={kit} />
            </Table.Td>
            <Table.Td>{words.componentCount(kit.components)}</Table.Td>
            <Table.Td className={`${stacked.end} code`}>{kit.sku}</Table.Td>
          </Table.Tr>
        ))}
      </StackedTable>
    </Card>
  );
}

/** How many more can be assembled there. */
function Possible({ kit }: { kit: Kit }) {
  const format = useFormat();
  const warehouse = warehouseOf(useScope());
  const { data, isError } = useQuery(availabilityQuery(kit.id, warehouse));
  if (isError) return '–';
  return data ? quantityText(format, data.can_be_assembled, kit.unit) : '…';
}
