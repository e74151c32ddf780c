import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  asksScope,
  deleteReport,
  isUnderWay,
  REPORTS,
  tellsReason,
  type Report,
} from '@/api/reports';
import { AnalysisProgress } from '@/domain/reports/analysis-progress';
import { ReportStatusMark } from '@/domain/reports/report-status';
import { useScope } from '@/domain/warehouses/scope';
import { useMessages } from '@/i18n/i18n';
import { Identifier } from '@/ui/identifier';
import { ButtonLink, TextLink } from '@/ui/link';
import { useNotify } from '@/ui/notify';

/** Where a report is on its way, and what a person can do about it. */
export function ReportRow({ report, lost = false }: { report: Report; lost?: boolean }) {
  const { upload: words, reports, mapping, scope } = useMessages();
  const params = { reportId: report.id };
  const warehouse = useScope();
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text fw={600} miw={0} style={{ flex: '1 1 12rem' }}>
          <TextLink to="/reports/$reportId" params={params}>
            <Identifier text={report.report_name} end={12} />
          </TextLink>
        </Text>
        {report.status === 'ready' ? (
          <Text size="sm" className="numbers">
            {reports.count(report.anomaly_count)}
          </Text>
        ) : (
          <ReportStatusMark report={report} />
        )}
        {report.status === 'ready' ? (
          <ButtonLink to="/reports/$reportId" params={params} size="xs">
            {words.open}
          </ButtonLink>
        ) : null}
        {report.status === 'needs_mapping' ? (
          <ButtonLink to="/reports/$reportId/columns" params={params} size="xs">
            {asksScope(report) ? scope.answer : words.nameColumns}
          </ButtonLink>
        ) : null}
      </Group>
      {isUnderWay(report) && !lost ? <AnalysisProgress report={report} /> : null}
      {report.status === 'ready' && report.saved_mapping?.applied ? (
        <Text size="sm" c="dimmed">
          {mapping.savedShort(report.saved_mapping.name)}{' '}
          <TextLink inherit to="/w/$warehouse/columns" params={{ warehouse }}>
            {mapping.savedAll}
          </TextLink>
        </Text>
      ) : null}
      {report.reason && tellsReason(report) ? (
        <Text size="sm" c="dimmed">
          {report.reason}
        </Text>
      ) : null}
      {report.status === 'awaiting_upload' && lost ? <MissingReport id={report.id} /> : null}
    </Stack>
  );
}

function MissingReport({ id }: { id: string }) {
  const { upload: words, action } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const removal = useMutation({
    mutationFn: () => deleteReport(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: REPORTS }),
    onError: notify.failed,
  });
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" c="dimmed" style={{ flex: '1 1 14rem' }}>
        {words.interrupted}
      </Text>
      <Button
        size="xs"
        variant="default"
        loading={removal.isPending}
        onClick={() => removal.mutate()}
      >
        {action.delete}
      </Button>
    </Group>
  );
}
