import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asksScope, isUnderWay, reportQuery, tellsReason, type ReportSummary } from '@/api/reports';
import { AnalysisProgress } from '@/domain/reports/analysis-progress';
import { ReportStatusMark } from '@/domain/reports/report-status';
import { useFreshLists } from '@/domain/reports/use-fresh-lists';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { ButtonLink, TextLink } from '@/ui/link';

const SHOWN = 5;
const FRESH_MS = 7 * 24 * 3_600_000;

/** Reports that cannot go on without a person, and those that are under way. */
export function WaitingList({ reports }: { reports: readonly ReportSummary[] }) {
  const { dashboard: words } = useMessages();
  const [now] = useState(Date.now);
  const waiting = reports
    .filter(
      (report) =>
        report.status === 'needs_mapping' ||
        report.status === 'awaiting_upload' ||
        isUnderWay(report) ||
        (report.status === 'failed' && now - Date.parse(report.updated_at) < FRESH_MS),
    )
    .slice(0, SHOWN);
  if (waiting.length === 0) return null;
  return (
    <Card title={words.waiting}>
      <Stack gap="sm">
        {waiting.map((report) => (
          <Waiting key={report.id} report={report} />
        ))}
      </Stack>
    </Card>
  );
}

function Waiting({ report }: { report: ReportSummary }) {
  const { report: words, scope } = useMessages();
  const format = useFormat();
  const params = { reportId: report.id };
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Group gap="sm" style={{ flex: '1 1 16rem' }} miw={0}>
          <TextLink to="/reports/$reportId" params={params} fw={600} truncate>
            {report.report_name}
          </TextLink>
          <ReportStatusMark report={report} />
          <Text size="sm" c="dimmed">
            {format.ago(report.updated_at)}
          </Text>
        </Group>
        {report.status === 'needs_mapping' ? (
          <ButtonLink size="xs" to="/reports/$reportId/columns" params={params}>
            {asksScope(report) ? scope.answer : words.nameColumns}
          </ButtonLink>
        ) : null}
      </Group>
      {report.reason && tellsReason(report) ? (
        <Text size="sm" c="dimmed" lineClamp={2}>
          {report.reason}
        </Text>
      ) : null}
      {isUnderWay(report) && report.status !== 'awaiting_upload' ? (
        <Running id={report.id} />
      ) : null}
    </Stack>
  );
}

function Running({ id }: { id: string }) {
  const { data } = useQuery(reportQuery(id));
  useFreshLists(data);
  return data && isUnderWay(data) ? <AnalysisProgress report={data} /> : null;
}
