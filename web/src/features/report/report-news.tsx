import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertCircle, IconHelpCircle, IconHistory, IconUpload } from '@tabler/icons-react';
import { asksScope, type Report } from '@/api/reports';
import { AnalysisProgress } from '@/domain/reports/analysis-progress';
import { useFreshLists } from '@/domain/reports/use-fresh-lists';
import { useWarehouseName } from '@/domain/warehouses/warehouse-list';
import { useScope } from '@/domain/warehouses/scope';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { ButtonLink, TextLink } from '@/ui/link';

/** What happens with the report now, or what it waits for. Nothing once it is simply there. */
export function ReportNews({ report, analyzed }: { report: Report; analyzed: boolean }) {
  const { report: words, progress } = useMessages();
  useFreshLists(report);
  switch (report.status) {
    case 'queued':
    case 'analyzing':
      return (
        <Card>
          <Stack gap="xs">
            <Title order={2} size="h5">
              {progress.title}
            </Title>
            <AnalysisProgress report={report} />
            <Moving report={report} />
            <Text size="sm" c="dimmed">
              {progress.hint}
            </Text>
          </Stack>
        </Card>
      );
    case 'needs_mapping':
      return <Asking report={report} />;
    case 'failed':
      return (
        <Alert
          color="red"
          variant="light"
          role="alert"
          icon={<IconAlertCircle aria-hidden />}
          title={words.failedTitle}
        >
          {report.reason}
          {analyzed ? <Text size="sm">{words.failedStale}</Text> : null}
        </Alert>
      );
    case 'awaiting_upload':
      return (
        <Alert
          variant="light"
          color="gray"
          icon={<IconUpload aria-hidden />}
          title={words.awaitingTitle}
        >
          {words.awaiting}
        </Alert>
      );
    case 'ready':
      return report.reason ? (
        <Alert color="orange" variant="light" title={words.failedStale}>
          {report.reason}
        </Alert>
      ) : report.superseded ? (
        <Superseded />
      ) : null;
  }
}

function Moving({ report }: { report: Report }) {
  const { report: words } = useMessages();
  const name = useWarehouseName()(report.moving?.warehouse_id);
  if (!report.moving) return null;
  return <Text size="sm">{name ? words.moving(name) : words.movingOut}</Text>;
}

function Asking({ report }: { report: Report }) {
  const { report: words, scope } = useMessages();
  const warehouse = useWarehouseName()(report.moving?.warehouse_id ?? report.warehouse_id) ?? '';
  const asksPart = asksScope(report);
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconHelpCircle aria-hidden />}
      title={asksPart ? scope.title : words.needsMappingTitle}
    >
      <Stack gap="sm">
        <Text size="sm">
          {asksPart
            ? scope.lead(report.filename, warehouse)
            : (report.reason ?? words.needsMapping)}
        </Text>
        <Group>
          <ButtonLink to="/reports/$reportId/columns" params={{ reportId: report.id }}>
            {asksPart ? scope.answer : words.nameColumns}
          </ButtonLink>
        </Group>
      </Stack>
    </Alert>
  );
}

function Superseded() {
  const { report: words } = useMessages();
  return (
    <Alert color="gray" variant="light" icon={<IconHistory aria-hidden />}>
      {words.superseded}{' '}
      <TextLink to="/w/$warehouse" params={{ warehouse: useScope() }} underline="always">
        {words.supersededLink}
      </TextLink>
    </Alert>
  );
}
