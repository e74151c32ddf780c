import { Alert, Select, Stack } from '@mantine/core';
import { IconFileAnalytics } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { reportListQuery, type ReportSummary } from '@/api/reports';
import { warehouseListQuery, type WarehouseSummary } from '@/api/warehouses';
import { useMessages } from '@/i18n/i18n';
import { ButtonLink, TextLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Loaded, Notice } from '@/ui/states';
import { choicesOf, NO_WAREHOUSE } from './choices';
import { LooseReports } from './loose-reports';
import { WaitingList } from './waiting-list';
import { WarehouseStanding } from './warehouse-standing';

const route = getRouteApi('/inside/');

export function DashboardPage() {
  const { dashboard: words, app } = useMessages();
  const list = useInfiniteQuery(reportListQuery());
  const reports = list.data?.pages.flatMap((page) => page.entries);
  const known = useInfiniteQuery(warehouseListQuery());
  const warehouses = known.data?.pages.flatMap((page) => page.warehouses);
  const data = reports && warehouses ? { reports, warehouses } : undefined;
  const choice = useChoice(reports ?? [], warehouses ?? []);
  return (
    <Page
      title={words.title}
      actions={
        <>
          {choice.choices.length > 1 ? (
            <Select
              aria-label={words.chooseWarehouse}
              w={220}
              data={choice.choices.map((value) => ({
                value,
                label:
                  warehouses?.find((warehouse) => warehouse.id === value)?.name ??
                  words.noWarehouse,
              }))}
              value={choice.chosen ?? null}
              allowDeselect={false}
              searchable={choice.choices.length > 8}
              onChange={choice.choose}
            />
          ) : null}
          <ButtonLink to="/new" search={{ warehouse: choice.warehouse?.id }}>
            {app.newAnalysis}
          </ButtonLink>
        </>
      }
    >
      <Loaded query={{ data, error: list.error ?? known.error, refetch: list.refetch }}>
        {(loaded) =>
          loaded.reports.length === 0 ? (
            <Welcome />
          ) : (
            <Stack gap="md">
              <WaitingList reports={loaded.reports} />
              {choice.warehouse ? (
                <>
                  {choice.warehouse.layout_rows === 0 ? (
                    <NoLayout id={choice.warehouse.id} />
                  ) : null}
                  <WarehouseStanding key={choice.warehouse.id} warehouse={choice.warehouse} />
                </>
              ) : (
                <LooseReports reports={loaded.reports} />
              )}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

/** The warehouse that the address names, else that of the newest report. */
function useChoice(reports: readonly ReportSummary[], warehouses: readonly WarehouseSummary[]) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const choices = choicesOf(reports, warehouses);
  const chosen = choices.find((choice) => choice === search.warehouse) ?? choices[0];
  return {
    choices,
    chosen,
    warehouse: warehouses.find((warehouse) => warehouse.id === chosen && chosen !== NO_WAREHOUSE),
    choose: (id: string | null) =>
      void navigate({ search: { warehouse: id ?? undefined }, replace: true }),
  };
}

function Welcome() {
  const { dashboard: words, app } = useMessages();
  return (
    <Notice
      icon={IconFileAnalytics}
      title={words.welcomeTitle}
      action={
        <ButtonLink to="/new" size="md" mt="sm">
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
      <TextLink to="/warehouses/$warehouseId" params={{ warehouseId: id }} underline="always">
        {words.addLayoutAction}
      </TextLink>
    </Alert>
  );
}
