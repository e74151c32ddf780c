import { Stack } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { reportListQuery, reportQuery, type ReportSummary } from '@/api/reports';
import { useFreshLists } from '@/domain/reports/use-fresh-lists';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { ReportRow } from './report-row';
import { useUploads } from './uploads';

/** What was begun on an earlier visit, or elsewhere, and is not done: nothing gets lost by leaving. */
export function UnfinishedReports() {
  const { upload: words } = useMessages();
  const sent = new Set(useUploads().map((upload) => upload.reportId));
  const { data } = useInfiniteQuery(reportListQuery());
  const unfinished = data?.pages
    .flatMap((page) => page.entries)
    .filter((report) => report.status !== 'ready' && report.status !== 'failed')
    .filter((report) => !sent.has(report.id));
  if (!unfinished?.length) return null;
  return (
    <Card title={words.underWay}>
      <Stack gap="md">
        {unfinished.map((report) => (
          <Unfinished key={report.id} summary={report} />
        ))}
      </Stack>
    </Card>
  );
}

function Unfinished({ summary }: { summary: ReportSummary }) {
  const { data: report } = useQuery(reportQuery(summary.id));
  useFreshLists(report);
  return report ? <ReportRow report={report} lost={report.status === 'awaiting_upload'} /> : null;
}
