import { Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconFileOff, IconFilterOff, IconSearch, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { reportListQuery, type ReportStatus, type ReportSummary } from '@/api/reports';
import { useSession } from '@/api/session/session';
import { ReportStatusMark } from '@/domain/reports/report-status';
import { useScope, warehouseOf } from '@/domain/warehouses/scope';
import { useWarehouses, useWarehouseZone } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useLateChange } from '@/ui/late-change';
import { Card } from '@/ui/card';
import { Identifier } from '@/ui/identifier';
import { ButtonLink, TextLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Loaded, Notice } from '@/ui/states';
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
  const all = query.data?.pages.flatMap((page) => page.entries);
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
                <Notice
                  icon={IconFilterOff}
                  title={words.nothingTitle}
                  action={
                    <Button variant="default" onClick={() => void navigate({ search: {} })}>
                      {action.clearFilters}
                    </Button>
                  }
                >
                  {words.nothing}
                </Notice>
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
  const [text, setText] = useState(search.q ?? '');
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const find = useLateChange((q: string) => change({ q: q.trim() || undefined }), 250);
  return (
    <Group gap="xs" role="search">
      <TextInput
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<IconSearch size={16} aria-hidden />}
        style={{ flex: '1 1 14rem', maxWidth: '24rem' }}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
      />
      <Select
        aria-label={words.status}
        w={210}
        allowDeselect={false}
        data={[
          { value: '', label: words.anyStatus },
          ...Object.entries(reportStatus).map(([value, label]) => ({ value, label })),
        ]}
        value={search.status ?? ''}
        onChange={(status) => change({ status: (status || undefined) as ReportStatus | undefined })}
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
