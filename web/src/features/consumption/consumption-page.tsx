import { Stack, Text } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { consumptionQuery, momentsOf } from '@/api/consumption';
import { CatalogTabs } from '@/domain/catalog/catalog-tabs';
import { RatesCard } from '@/domain/consumption/rates-card';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { useScope, warehouseOf } from '@/domain/warehouses/scope';
import { useConsumptionWords } from '@/i18n/consumption';
import { ButtonLink } from '@/ui/link';
import { isEmptyList, LoadedList } from '@/ui/loaded-list';
import { Page } from '@/ui/page';
import { NothingMatches, Notice } from '@/ui/states';
import { ConsumptionFilters } from './consumption-filters';
import { ConsumptionTable } from './consumption-table';

const route = getRouteApi('/inside/items/consumption');

/** What was used in the chosen warehouse, and how much that is per day and week. */
export function ConsumptionPage() {
  const words = useConsumptionWords();
  const warehouse = warehouseOf(useScope());
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(consumptionQuery(warehouse, search));
  const isFiltered = Object.values(search).some(Boolean);
  const isUnused = isEmptyList(query) && !isFiltered;
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        isUnused ? null : (
          <ExportListButton
            list="consumption"
            filters={{
              item_id: search.item,
              purpose: search.purpose,
              warehouse_id: warehouse,
              ...momentsOf(search),
            }}
          />
        )
      }
    >
      <CatalogTabs />
      <Stack gap="sm">
        {isUnused ? null : <ConsumptionFilters />}
        {isUnused ? null : search.item || search.purpose ? (
          <RatesCard warehouse={warehouse} filter={search} />
        ) : (
          <Text size="sm" c="dimmed">
            {words.chooseForRates}
          </Text>
        )}
        <LoadedList
          query={query}
          empty={
            isFiltered ? (
              <NothingMatches
                title={words.nothingTitle}
                onClear={() => void navigate({ search: {} })}
              >
                {words.nothing}
              </NothingMatches>
            ) : (
              <Notice
                icon={IconClipboardList}
                title={words.emptyTitle}
                action={<ButtonLink to="/items">{words.toItems}</ButtonLink>}
              >
                {words.empty}
              </Notice>
            )
          }
        >
          {(entries) => <ConsumptionTable entries={entries} />}
        </LoadedList>
      </Stack>
    </Page>
  );
}
