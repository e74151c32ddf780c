import { Group, Stack } from '@mantine/core';
import { IconMapPinOff, IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { warehouseStockQuery, type StockLine } from '@/api/stock';
import type { WarehouseSummary } from '@/api/warehouses';
import { mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { StockSections } from '@/domain/stock/stock-sections';
import { TransferDialog } from '@/domain/stock/transfer-dialog';
import { OfOneWarehouse } from '@/domain/warehouses/of-one-warehouse';
import { useStockWords } from '@/i18n/stock';
import { LoadedList } from '@/ui/loaded-list';
import { Page } from '@/ui/page';
import { Notice } from '@/ui/states';
import { ChosenBar } from './chosen-bar';
import { OpenCountDialog } from './open-count-dialog';
import { keyOf, StockTable } from './stock-table';
import { WhereFilters } from './where-filters';

const route = getRouteApi('/inside/w/$warehouse/stock');

/** What is where in a warehouse. */
export function WherePage() {
  const words = useStockWords();
  return (
    <Page title={words.tabs.stock} lead={words.where.lead}>
      <OfOneWarehouse>
        {(warehouse) => (
          <>
            <StockSections warehouse={warehouse.id} />
            <Where key={warehouse.id} warehouse={warehouse} />
          </>
        )}
      </OfOneWarehouse>
    </Page>
  );
}

function Where({ warehouse }: { warehouse: WarehouseSummary }) {
  const { where: words, transfer } = useStockWords();
  const mayMove = mayMoveStock(useCompanyRole()) && warehouse.role !== 'viewer';
  const search = route.useSearch();
  const [chosen, setChosen] = useState<ReadonlyMap<string, StockLine>>(new Map());
  const [doing, setDoing] = useState<'transfer' | 'count' | null>(null);
  const query = useInfiniteQuery(warehouseStockQuery(warehouse.id, search));
  const filtered = Boolean(search.location ?? search.item);
  const choose = (line: StockLine, ticked: boolean) => {
    const next = new Map(chosen);
    if (ticked) next.set(keyOf(line), line);
    else next.delete(keyOf(line));
    setChosen(next);
  };
  const done = () => {
    setDoing(null);
    setChosen(new Map());
  };
  const lines = [...chosen.values()];
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <WhereFilters />
        <ExportListButton
          list="stock"
          filters={{
            warehouse_id: warehouse.id,
            location: search.location,
            item_id: search.item,
          }}
        />
      </Group>
      <LoadedList
        query={query}
        empty={
          filtered ? (
            <Notice icon={IconMapPinOff} title={words.nothingTitle}>
              {words.nothing}
            </Notice>
          ) : (
            <Notice icon={IconStack2} title={words.emptyTitle}>
              {words.empty}
            </Notice>
          )
        }
      >
        {(found) => (
          <StockTable lines={found} chosen={chosen} onChoose={mayMove ? choose : undefined} />
        )}
      </LoadedList>
      {lines.length > 0 ? (
        <ChosenBar
          count={lines.length}
          onTransfer={() => setDoing('transfer')}
          onCount={() => setDoing('count')}
          onClear={() => setChosen(new Map())}
        />
      ) : null}
      {doing === 'transfer' ? (
        <TransferDialog title={transfer.titleOf(lines.length)} sources={lines} onClose={done} />
      ) : null}
      {doing === 'count' ? (
        <OpenCountDialog warehouse={warehouse.id} chosen={lines} onClose={() => setDoing(null)} />
      ) : null}
    </Stack>
  );
}
