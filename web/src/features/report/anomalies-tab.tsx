import { IconCircleCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { Report } from '@/api/reports';
import { mayWork, usePeople, useReportRole } from '@/domain/access/membership-role';
import { AnomalyBrowser } from '@/domain/anomalies/anomaly-browser';
import { AnomalyFilters } from '@/domain/anomalies/anomaly-filters';
import { useSelectionChange } from '@/domain/anomalies/use-selection-change';
import { useMessages } from '@/i18n/i18n';
import { Notice } from '@/ui/states';

const route = getRouteApi('/inside/reports/$reportId');

export function AnomaliesTab({ report }: { report: Report }) {
  const { report: words } = useMessages();
  const search = route.useSearch();
  const change = useSelectionChange();
  const people = usePeople(report);
  const membershipRole = useReportRole(report);
  const rules = Object.entries(report.counts.by_rule)
    .filter(([, count]) => count > 0)
    .map(([rule]) => rule);
  return (
    <AnomalyBrowser
      selection={search}
      onChange={change}
      scope={{ report_id: report.id }}
      total={report.counts.total}
      readOnly={!mayWork(membershipRole)}
      filters={
        <AnomalyFilters selection={search} onChange={change} rules={rules} people={people} />
      }
      empty={
        <Notice icon={IconCircleCheck} title={words.clean}>
          {words.cleanText}
        </Notice>
      }
    />
  );
}
