import { Group, Loader, Text } from '@mantine/core';
import {
  IconAlertCircle,
  IconCircleCheck,
  IconClock,
  IconHelpCircle,
  IconUpload,
  type Icon,
} from '@tabler/icons-react';
import { asksScope, type Report, type ReportStatus } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';

const SIGNS: Record<Exclude<ReportStatus, 'analyzing'>, [Icon, string]> = {
  awaiting_upload: [IconUpload, 'var(--mantine-color-dimmed)'],
  queued: [IconClock, 'var(--mantine-color-dimmed)'],
  needs_mapping: [IconHelpCircle, 'var(--priority-high)'],
  ready: [IconCircleCheck, 'var(--status-resolved)'],
  failed: [IconAlertCircle, 'var(--priority-very-high)'],
};

interface ReportStatusMarkProps {
  report: Pick<Report, 'status' | 'asks'>;
}

export function ReportStatusMark({ report }: ReportStatusMarkProps) {
  const { reportStatus, scope } = useMessages();
  const { status } = report;
  const words = asksScope(report) ? scope.title : reportStatus[status];
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      {status === 'analyzing' ? <Loader size={14} aria-hidden /> : <Sign status={status} />}
      <Text span size="sm">
        {words}
      </Text>
    </Group>
  );
}

function Sign({ status }: { status: Exclude<ReportStatus, 'analyzing'> }) {
  const [Mark, color] = SIGNS[status];
  return <Mark size={16} color={color} aria-hidden style={{ flexShrink: 0 }} />;
}
