import { Alert, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  AUDIT_EXPORT_FORMATS,
  auditExportQuery,
  createAuditExport,
  type AuditExportFormat,
  type AuditFilter,
} from '@/api/audit';
import { useAuditWords } from '@/i18n/audit';
import { useFormat } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';
import { ExportProgress } from '@/ui/export-progress';
import { FormatChoice } from '@/ui/format-choice';
import { useNotify } from '@/ui/notify';

interface AuditExportDialogProps {
  filter: AuditFilter;
  onClose: () => void;
}

/** Asks for the format, waits while the file is written, and gives its link. */
export function AuditExportDialog({ filter, onClose }: AuditExportDialogProps) {
  const words = useAuditWords();
  const [exportId, setExportId] = useState<string | null>(null);
  return (
    <Dialog onClose={onClose} title={words.exportTitle}>
      {exportId ? (
        <Making exportId={exportId} onAgain={() => setExportId(null)} />
      ) : (
        <Choice filter={filter} onStarted={setExportId} />
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  filter: AuditFilter;
  onStarted: (exportId: string) => void;
}

function Choice({ filter, onStarted }: ChoiceProps) {
  const words = useAuditWords();
  const notify = useNotify();
  const making = useMutation({
    mutationFn: (format: AuditExportFormat) => createAuditExport(format, filter),
    onSuccess: ({ id }) => onStarted(id),
    onError: notify.failed,
  });
  return (
    <Stack>
      <Text size="sm">{words.exportLead}</Text>
      <FormatChoice
        label={words.exportTitle}
        formats={AUDIT_EXPORT_FORMATS}
        names={words.format}
        hints={words.formatHint}
        pending={making.isPending}
        onStart={making.mutate}
      />
    </Stack>
  );
}

function Making({ exportId, onAgain }: { exportId: string; onAgain: () => void }) {
  const words = useAuditWords();
  const format = useFormat();
  const { data, error } = useQuery(auditExportQuery(exportId));
  return (
    <ExportProgress file={data} error={error} onAgain={onAgain}>
      <Text size="sm">{words.ready(format.number(data?.entries ?? 0))}</Text>
      {data?.truncated ? (
        <Alert color="yellow" variant="light">
          {words.truncated}
        </Alert>
      ) : null}
    </ExportProgress>
  );
}
