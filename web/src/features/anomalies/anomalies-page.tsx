import { SegmentedControl, Select } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { reportListQuery } from '@/api/reports';
import { AnomalyBrowser } from '@/domain/anomalies/anomaly-browser';
import { AnomalyFilters } from '@/domain/anomalies/anomaly-filters';
import type { Selection } from '@/domain/anomalies/selection';
import { useMessages } from '@/i18n/i18n';
import { ButtonLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Notice } from '@/ui/states';
import { AnomalyBoard } from './anomaly-board';
import { ViewChips } from './view-chips';

const route = getRouteApi('/inside/anomalies');

type View = 'table' | 'board';

export function AnomaliesPage() {
  const { anomalies: words, app } = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (changes: Partial<Selection> & { report?: string | undefined; view?: View }) =>
      void navigate({
        search: (before) => ({ ...before, ...changes }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const view = search.view ?? 'table';
  const filters = (
    <AnomalyFilters
      selection={search}
      onChange={change}
      withStatus={view === 'table'}
      withGroups={view === 'table'}
    >
      <ReportSelect value={search.report} onChange={(report) => change({ report })} />
    </AnomalyFilters>
  );
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <SegmentedControl
          aria-label={words.view}
          value={view}
          onChange={(chosen) => change({ view: chosen })}
          data={[
            { value: 'table', label: words.table },
            { value: 'board', label: words.board },
          ]}
        />
      }
    >
      <ViewChips
        search={search}
        onChoose={(chosen) =>
          void navigate({
            search: { view: search.view, ...chosen },
            replace: true,
            resetScroll: false,
          })
        }
      />
      {view === 'table' ? (
        <AnomalyBrowser
          selection={search}
          onChange={change}
          reportId={search.report}
          filters={filters}
          withReport
          empty={
            <Notice
              icon={IconMoodSmile}
              title={words.emptyTitle}
              action={<ButtonLink to="/new">{app.newAnalysis}</ButtonLink>}
            >
              {words.empty}
            </Notice>
          }
        />
      ) : (
        <AnomalyBoard
          selection={search}
          onChange={change}
          reportId={search.report}
          filters={filters}
        />
      )}
    </Page>
  );
}

function ReportSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const { anomalies: words } = useMessages();
  const { data } = useInfiniteQuery(reportListQuery({ status: 'ready' }));
  const reports = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Select
      aria-label={words.report}
      searchable={reports.length > 8}
      allowDeselect={false}
      data={[
        { value: '', label: words.anyReport },
        ...reports.map((report) => ({ value: report.id, label: report.report_name })),
      ]}
      value={value ?? ''}
      onChange={(id) => onChange(id || undefined)}
    />
  );
}
