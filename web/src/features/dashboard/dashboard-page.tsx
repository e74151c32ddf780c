import { Alert, Stack } from '@mantine/core';
import { IconFileAnalytics } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { reportListQuery, type ReportSummary } from '@/api/reports';
import { useWarehouses } from '@/domain/warehouses/warehouse-select';
import { useMessages } from '@/i18n/i18n';
import { ButtonLink, TextLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Loaded, Notice } from '@/ui/states';
import classes from './dashboard.module.css';
import { latestSnapshots } from './latest';
import { SnapshotCard } from './snapshot-card';
import { UrgentList } from './urgent-list';
import { WaitingList } from './waiting-list';

export function DashboardPage() {
  const { dashboard: words, app } = useMessages();
  const query = useInfiniteQuery(reportListQuery());
  const reports = query.data?.pages.flatMap((page) => page.entries);
  return (
    <Page title={words.title} actions={<ButtonLink to="/new">{app.newAnalysis}</ButtonLink>}>
      <Loaded query={{ ...query, data: reports }}>
        {(all) => (all.length === 0 ? <Welcome /> : <Attention reports={all} />)}
      </Loaded>
    </Page>
  );
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

function Attention({ reports }: { reports: readonly ReportSummary[] }) {
  const latest = latestSnapshots(reports);
  return (
    <Stack gap="md">
      <WaitingList reports={reports} />
      <NoLayout />
      <div className={classes.columns}>
        <Stack gap="md" miw={0}>
          {latest.map((report) => (
            <SnapshotCard key={report.id} newest={report} reports={reports} />
          ))}
        </Stack>
        <UrgentList />
      </div>
    </Stack>
  );
}

function NoLayout() {
  const { dashboard: words } = useMessages();
  const warehouses = useWarehouses();
  if (warehouses.length === 0 || warehouses.some((warehouse) => warehouse.layout_rows > 0)) {
    return null;
  }
  return (
    <Alert variant="light" color="gray">
      {words.addLayout}{' '}
      <TextLink to="/warehouses" underline="always">
        {words.addLayoutAction}
      </TextLink>
    </Alert>
  );
}
