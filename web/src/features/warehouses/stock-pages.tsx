import { Stack } from '@mantine/core';
import { StockSections } from '@/domain/stock/stock-sections';
import { OfOneWarehouse } from '@/domain/warehouses/of-one-warehouse';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Page } from '@/ui/page';
import { TrendsTab } from './trends-tab';
import { UtilizationTab } from './utilization-tab';

export function UtilizationPage() {
  const { tabs } = useWarehouseWords();
  return (
    <Page title={tabs.utilization}>
      <OfOneWarehouse>
        {(warehouse) => (
          <Stack gap="lg">
            <StockSections warehouse={warehouse.id} />
            <UtilizationTab warehouse={warehouse} />
          </Stack>
        )}
      </OfOneWarehouse>
    </Page>
  );
}

export function TrendsPage() {
  const { tabs } = useWarehouseWords();
  return (
    <Page title={tabs.trends}>
      <OfOneWarehouse>{(warehouse) => <TrendsTab warehouse={warehouse} />}</OfOneWarehouse>
    </Page>
  );
}
