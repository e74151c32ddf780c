import { Box, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { auditQuery } from '@/api/audit';
import { warehouseQuery } from '@/api/warehouses';
import { AuditList } from '@/domain/audit/audit-list';
import { RunList } from '@/domain/report-logs/run-list';
import { mayConfigure } from '@/domain/warehouses/membership-role';
import { OfOneWarehouse } from '@/domain/warehouses/of-one-warehouse';
import { useAuditWords } from '@/i18n/audit';
import { Loaded } from '@/ui/states';
import { LayoutEditor } from './layout-editor';
import { LayoutView } from './layout-view';
import { MembersTab } from './members-tab';
import { SuppressionsTab } from './suppressions-tab';

export function LayoutPage() {
  return <OfOneWarehouse>{({ id }) => <Layout id={id} />}</OfOneWarehouse>;
}

function Layout({ id }: { id: string }) {
  const query = useQuery(warehouseQuery(id));
  return (
    <Loaded query={query}>
      {(warehouse) =>
        mayConfigure(warehouse.role) ? (
          <LayoutEditor key={`${id} ${warehouse.layout_version}`} warehouse={warehouse} />
        ) : (
          <LayoutView warehouse={warehouse} />
        )
      }
    </Loaded>
  );
}

export function MembersPage() {
  return <OfOneWarehouse>{(warehouse) => <MembersTab warehouse={warehouse} />}</OfOneWarehouse>;
}

export function SuppressionsPage() {
  return (
    <OfOneWarehouse>{(warehouse) => <SuppressionsTab warehouse={warehouse} />}</OfOneWarehouse>
  );
}

/** Who changed what about the warehouse, its reports and anomalies. */
export function HistoryPage() {
  return <OfOneWarehouse>{({ id }) => <History id={id} />}</OfOneWarehouse>;
}

function History({ id }: { id: string }) {
  const words = useAuditWords();
  return (
    <Stack gap="sm" maw={760}>
      <Text c="dimmed">{words.lead}</Text>
      <AuditList query={auditQuery({ warehouse_id: id })} />
    </Stack>
  );
}

/** What ran on the reports of the warehouse. */
export function RunsPage() {
  return (
    <OfOneWarehouse>
      {({ id }) => (
        <Box maw={760}>
          <RunList warehouse={id} />
        </Box>
      )}
    </OfOneWarehouse>
  );
}
