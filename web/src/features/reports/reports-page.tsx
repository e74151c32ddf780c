import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconFileOff, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { REPORT_STATUSES, reportListQuery, type ReportSummary } from '@/api/reports';
import { useSession } from '@/api/session/session';
import { ReportStatusMark } from '@/domain/reports/report-status';
import { useScope, warehouseOf } from '@/domain/warehouses/scope';
import { useWarehouses, useWarehouseZone } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { FilterSelect, SearchField } from '@/ui/filters';
import { Identifier } from '@/ui/identifier';
import { ButtonLink, TextLink } from '@/ui/link';
import { entriesOf } from '@/ui/loaded-list';
import { Page } from '@/ui/page';
import { Loaded, NothingMatches, Notice } from '@/ui/states';
import classes from './reports.module.css';

const route = getRouteApi('/inside/w/$warehouse/reports');
const SEARCHED = 300;

export function ReportsPage() {
  const { reports: words, app, action } = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const warehouse = useScope();
  const query = useInfiniteQuery(
    reportListQuery(
      { status: search.status, warehouse_id: warehouseOf(warehouse) },
      // The service does not search names: look through more of them at once.
      search.q ? SEARCHED : undefined,
    ),
  );
  const all = entriesOf(query);
  const needle = search.q?.toLowerCase() ?? '';
  const matching = all?.filter(
    (report) =>
      report.report_name.toLowerCase().includes(needle) ||
      report.filename.toLowerCase().includes(needle),
  );
  const filtered = Boolean(search.q ?? search.status);
  const add = (
    <ButtonLink to="/w/$warehouse/new" params={{ warehouse }}>
      {app.newAnalysis}
    </ButtonLink>
  );
  return (
    <Page title={words.title}>
      <Stack gap="sm">
        <Filters />
        <Loaded query={{ ...query, data: matching }}>
          {(reports) => (
            <>
              {reports.length > 0 ? <ReportTable reports={reports} /> : null}
              {reports.length === 0 && filtered ? (
                <NothingMatches
                  title={words.nothingTitle}
                  onClear={() => void navigate({ search: {} })}
                >
                  {words.nothing}
                </NothingMatches>
              ) : null}
              {reports.length === 0 && !filtered ? (
                <Notice icon={IconFileOff} title={words.emptyTitle} action={add}>
                  {words.empty}
                </Notice>
              ) : null}
            </>
          )}
        </Loaded>
        {query.hasNextPage ? (
          <Group>
            <Button
              variant="default"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {search.q ? words.searchOlder : action.loadMore}
            </Button>
            {search.q && all ? (
              <Text size="sm" c="dimmed" role="status">
                {words.searched(all.length)}
              </Text>
            ) : null}
          </Group>
        ) : null}
      </Stack>
    </Page>
  );
}

function Filters() {
  const { reports: words, reportStatus } = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  return (
    <Group gap="xs" role="search">
      <SearchField label={words.search} value={search.q} onChange={(q) => change({ q })} />
      <FilterSelect
        label={words.status}
        any={words.anyStatus}
        choices={REPORT_STATUSES.map((value) => ({ value, label: reportStatus[value] }))}
        value={search.status}
        onChange={(status) => change({ status })}
      />
    </Group>
  );
}

/** A warehouse, and whose it is where somebody else shares it. */
function WarehouseName({ id }: { id: string | null | undefined }) {
  const { warehouses: words } = useMessages();
  const warehouse = useWarehouses().find((candidate) => candidate.id === id);
  if (!warehouse) return '–';
  return (
    <>
      {warehouse.name}
      {warehouse.role === 'owner' ? null : (
        <Text size="xs" c="dimmed">
          <IconUsers size={13} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
          {words.sharedBy(warehouse.username)}
        </Text>
      )}
    </>
  );
}

function ReportTable({ reports }: { reports: readonly ReportSummary[] }) {
  const { reports: words, scope } = useMessages();
  const format = useFormat();
  const session = useSession();
  const zoneOf = useWarehouseZone();
  return (
    <Card p={0}>
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th>{words.status}</Table.Th>
            <Table.Th>{words.snapshot}</Table.Th>
            <Table.Th>{words.warehouse}</Table.Th>
            <Table.Th ta="right">{words.anomalies}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reports.map((report) => (
            <Table.Tr key={report.id}>
              <Table.Td className={classes.name}>
                <TextLink to="/reports/$reportId" params={{ reportId: report.id }} fw={600}>
                  {report.report_name}
                </TextLink>
                <Text size="xs" c="dimmed" component="div">
                  {report.filename === report.report_name ? null : (
                    <Identifier text={report.filename} end={12} />
                  )}
                  {format.ago(report.created_at)}
                  {report.created_by === session?.username
                    ? null
                    : ` · ${words.sentBy(report.created_by)}`}
                </Text>
              </Table.Td>
              <Table.Td className={classes.status}>
                <ReportStatusMark report={report} />
              </Table.Td>
              <Table.Td className={classes.snapshot}>
                {report.as_of ? format.dateTime(report.as_of, zoneOf(report.warehouse_id)) : '–'}
              </Table.Td>
              <Table.Td className={classes.warehouse}>
                <WarehouseName id={report.warehouse_id} />
                {report.scope === 'part' ? (
                  <Text size="xs" c="dimmed">
                    {scope.isPart}
                  </Text>
                ) : null}
              </Table.Td>
              <Table.Td className={`${classes.count} numbers`}>
                {report.as_of ? format.number(report.anomaly_count) : '–'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
