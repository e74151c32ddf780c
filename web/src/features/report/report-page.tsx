import { Alert, Box, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { isUnderWay, reportQuery, type Report } from '@/api/reports';
import { notesOf } from '@/domain/reports/receipt';
import { useMessages } from '@/i18n/i18n';
import { Page } from '@/ui/page';
import { Loaded, Loading } from '@/ui/states';
import { ReportActions } from './report-actions';
import { ReportFacts } from './report-facts';
import { ReportKpis } from './report-kpis';
import { ReportNews } from './report-news';

const route = getRouteApi('/inside/reports/$reportId');

// Most visits come for one of them.
const OverviewTab = lazy(() => import('./overview-tab').then((m) => ({ default: m.OverviewTab })));
const AnomaliesTab = lazy(() =>
  import('./anomalies-tab').then((m) => ({ default: m.AnomaliesTab })),
);
const LocationsTab = lazy(() =>
  import('./locations-tab').then((m) => ({ default: m.LocationsTab })),
);
const CompareTab = lazy(() => import('./compare-tab').then((m) => ({ default: m.CompareTab })));
const WhatIfTab = lazy(() => import('./what-if-tab').then((m) => ({ default: m.WhatIfTab })));
const ChecksTab = lazy(() => import('./checks-tab').then((m) => ({ default: m.ChecksTab })));

export function ReportPage() {
  const { reportId } = route.useParams();
  const query = useQuery(reportQuery(reportId));
  return (
    <Loaded query={query} page>
      {(report) => <ReportView key={report.id} report={report} />}
    </Loaded>
  );
}

function ReportView({ report }: { report: Report }) {
  const analyzed = report.rows !== null && report.rows !== undefined;
  return (
    <Page
      title={report.report_name}
      lead={<ReportFacts report={report} />}
      actions={<ReportActions report={report} />}
    >
      <ReportNews report={report} analyzed={analyzed} />
      {analyzed ? <Analyzed report={report} /> : null}
    </Page>
  );
}

function Analyzed({ report }: { report: Report }) {
  const { report: words, compare, whatIf } = useMessages();
  const { view = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const views = [
    ['overview', words.overview, OverviewTab],
    ['anomalies', words.anomalies, AnomaliesTab],
    ['locations', words.locations, LocationsTab],
    ['compare', compare.tab, CompareTab],
    ['what-if', whatIf.tab, WhatIfTab],
    ['checks', words.checksTab, ChecksTab],
  ] as const;
  return (
    <Stack gap="lg">
      {/* On a phone they would push the list that one came for off the screen. */}
      <Box visibleFrom={view === 'overview' ? undefined : 'sm'}>
        <ReportKpis report={report} />
      </Box>
      <Tabs
        value={view}
        keepMounted={false}
        onChange={(chosen) =>
          void navigate({ search: { view: chosen as typeof view }, resetScroll: false })
        }
      >
        <Tabs.List aria-label={words.views} mb="md">
          {views.map(([value, label]) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {views.map(([value, , View]) => (
          <Tabs.Panel key={value} value={value}>
            <Suspense fallback={<Loading />}>
              <View report={report} />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
      {isUnderWay(report) ? null : notesOf(report).length > 0 ? (
        <Alert variant="light" color="gray" title={words.notes}>
          {notesOf(report).join(' ')}
        </Alert>
      ) : null}
    </Stack>
  );
}
