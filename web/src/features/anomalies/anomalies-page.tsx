import { SegmentedControl, Select } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { reportListQuery } from '@/api/reports';
import { AnomalyBrowser } from '@/domain/anomalies/anomaly-browser';
import { AnomalyFilters } from '@/domain/anomalies/anomaly-filters';
import { useSelectionChange } from '@/domain/anomalies/use-selection-change';
import { ALL, useScope, warehouseOf } from '@/domain/warehouses/scope';
import { useMessages } from '@/i18n/i18n';
import { ButtonLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Notice } from '@/ui/states';
import { AnomalyBoard } from './anomaly-board';
import { ViewChips } from './view-chips';

const route = getRouteApi('/inside/w/$warehouse/anomalies');

export function AnomaliesPage() {
  const { anomalies: words, app } = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useSelectionChange<typeof search>();
  const param = useScope();
  const warehouse = warehouseOf(param);
  const view = search.view ?? 'table';
  const scope = { report_id: search.report, warehouse_id: warehouse };
  const filters = (
    <AnomalyFilters
      selection={search}
      onChange={change}
      withStatus={view === 'table'}
      withGroups={view === 'table'}
    >
      <ReportSelect
        warehouse={warehouse}
        value={search.report}
        onChange={(report) => change({ report })}
      />
    </AnomalyFilters>
  );
  return (
    <Page
      title={words.title}
      lead={warehouse ? words.leadOfOne : words.lead}
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
        search={{ ...search, warehouse }}
        onChoose={({ warehouse: itsWarehouse, ...chosen }) =>
          void navigate({
            to: '/w/$warehouse/anomalies',
            params: { warehouse: itsWarehouse ?? ALL },
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
          scope={scope}
          filters={filters}
          withReport
          empty={
            <Notice
              icon={IconMoodSmile}
              title={words.emptyTitle}
              action={
                <ButtonLink to="/w/$warehouse/new" params={{ warehouse: param }}>
                  {app.newAnalysis}
                </ButtonLink>
              }
            >
              {words.empty}
            </Notice>
          }
        />
      ) : (
        <AnomalyBoard selection={search} onChange={change} scope={scope} filters={filters} />
      )}
    </Page>
  );
}

function ReportSelect({
  warehouse,
  value,
  onChange,
}: {
  warehouse: string | undefined;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const { anomalies: words } = useMessages();
  const { data } = useInfiniteQuery(reportListQuery({ status: 'ready' }));
  const all = data?.pages.flatMap((page) => page.entries) ?? [];
  const reports = warehouse ? all.filter((report) => report.warehouse_id === warehouse) : all;
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
