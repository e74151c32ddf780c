import { Alert, Stack } from '@mantine/core';
import { IconFileAnalytics } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { reportListQuery, type ReportSummary } from '@/api/reports';
import type { WarehouseSummary } from '@/api/warehouses';
import { useChosenWarehouse, useScope } from '@/domain/warehouses/scope';
import { useMessages } from '@/i18n/i18n';
import { ButtonLink, TextLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Loaded, Notice } from '@/ui/states';
import { AllWarehouses } from './all-warehouses';
import { StockCards } from './stock-cards';
import { WaitingList } from './waiting-list';
import { WarehouseStanding } from './warehouse-standing';

export function DashboardPage() {
  const { dashboard: words } = useMessages();
  const list = useInfiniteQuery(reportListQuery());
  const reports = list.data?.pages.flatMap((page) => page.entries);
  const chosen = useChosenWarehouse();
  return (
    <Page title={words.title}>
      <Loaded query={{ ...list, data: reports }}>
        {(all) =>
          all.length === 0 ? (
            <Stack gap="md">
              <Welcome />
              <StockCards />
            </Stack>
          ) : chosen.id === undefined ? (
            <Stack gap="md">
              <WaitingList reports={all} />
              <StockCards />
              <AllWarehouses reports={all} />
            </Stack>
          ) : (
            <Loaded query={chosen}>
              {(warehouse) => <OfOne warehouse={warehouse} reports={all} />}
            </Loaded>
          )
        }
      </Loaded>
    </Page>
  );
}

interface OfOneProps {
  warehouse: WarehouseSummary;
  reports: readonly ReportSummary[];
}

function OfOne({ warehouse, reports }: OfOneProps) {
  // What is of no warehouse waits too, and has no other home.
  const waiting = reports.filter(
    (report) => (report.warehouse_id ?? warehouse.id) === warehouse.id,
  );
  return (
    <Stack gap="md">
      <WaitingList reports={waiting} />
      {warehouse.layout_rows === 0 ? <NoLayout id={warehouse.id} /> : null}
      <StockCards warehouse={warehouse.id} />
      <WarehouseStanding key={warehouse.id} warehouse={warehouse} />
    </Stack>
  );
}

function Welcome() {
  const { dashboard: words, app } = useMessages();
  const warehouse = useScope();
  return (
    <Notice
      icon={IconFileAnalytics}
      title={words.welcomeTitle}
      action={
        <ButtonLink to="/w/$warehouse/new" params={{ warehouse }} size="md" mt="sm">
          {app.newAnalysis}
        </ButtonLink>
      }
    >
      {words.welcome}
    </Notice>
  );
}

function NoLayout({ id }: { id: string }) {
  const { dashboard: words } = useMessages();
  return (
    <Alert variant="light" color="gray">
      {words.addLayout}{' '}
      <TextLink to="/w/$warehouse/layout" params={{ warehouse: id }} underline="always">
        {words.addItsLayout}
      </TextLink>
    </Alert>
  );
}
