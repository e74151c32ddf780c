import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReportSummary } from '@/api/reports';
import type { WarehouseSummary } from '@/api/warehouses';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { inOrder } from './latest';
import { LooseReports } from './loose-reports';

/** The way to each warehouse, and how the reports stand that are of none. */
export function AllWarehouses({ reports }: { reports: readonly ReportSummary[] }) {
  const warehouses = useWarehouses();
  const loose = reports.filter(
    (report) => !warehouses.some((warehouse) => warehouse.id === report.warehouse_id),
  );
  return (
    <Stack gap="md">
      {warehouses.length > 0 ? (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {warehouses.map((warehouse) => (
            <WarehouseCard key={warehouse.id} warehouse={warehouse} reports={reports} />
          ))}
        </SimpleGrid>
      ) : null}
      <LooseReports reports={loose} />
    </Stack>
  );
}

interface WarehouseCardProps {
  warehouse: WarehouseSummary;
  reports: readonly ReportSummary[];
}

function WarehouseCard({ warehouse, reports }: WarehouseCardProps) {
  const { dashboard: words, reports: reportWords } = useMessages();
  const format = useFormat();
  const newest = inOrder(reports.filter((report) => report.warehouse_id === warehouse.id)).at(-1);
  return (
    <Card>
      <TextLink to="/w/$warehouse" params={{ warehouse: warehouse.id }} fw={600} fz="lg">
        {warehouse.name}
      </TextLink>
      <Text size="sm" c="dimmed">
        {newest?.as_of
          ? `${words.snapshotOf(format.dateTime(newest.as_of, warehouse.timezone))} · ${reportWords.count(newest.anomaly_count)}`
          : words.noInventory}
      </Text>
    </Card>
  );
}
