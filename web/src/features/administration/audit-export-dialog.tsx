import { Alert, Button, Modal, Radio, Stack, Text } from '@mantine/core';
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
import { useFormat, useMessages } from '@/i18n/i18n';
import { ExportProgress } from '@/ui/export-progress';
import { useNotify } from '@/ui/notify';

interface AuditExportDialogProps {
  filter: AuditFilter;
  onClose: () => void;
}

/** Asks for the format, waits while the file is written, and gives its link. */
export function AuditExportDialog({ filter, onClose }: AuditExportDialogProps) {
  const words = useAuditWords();
  const { action } = useMessages();
  const [exportId, setExportId] = useState<string | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.exportTitle}
      closeButtonProps={{ 'aria-label': action.close }}
    >
      {exportId ? (
        <Making exportId={exportId} onAgain={() => setExportId(null)} />
      ) : (
        <Choice filter={filter} onStarted={setExportId} />
      )}
    </Modal>
  );
}

interface ChoiceProps {
  filter: AuditFilter;
  onStarted: (exportId: string) => void;
}

function Choice({ filter, onStarted }: ChoiceProps) {
  const words = useAuditWords();
  const { exports } = useMessages();
  const notify = useNotify();
  const [format, setFormat] = useState<AuditExportFormat>('xlsx');
  const making = useMutation({
    mutationFn: () => createAuditExport(format, filter),
    onSuccess: ({ id }) => onStarted(id),
    onError: notify.failed,
  });
  return (
    <Stack>
      <Text size="sm">{words.exportLead}</Text>
      <Radio.Group aria-label={words.exportTitle} value={format} onChange={setFormat}>
        <Stack gap="sm">
          {AUDIT_EXPORT_FORMATS.map((value) => (
            <Radio
              key={value}
              value={value}
              label={words.format[value]}
              description={words.formatHint[value]}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Button ml="auto" loading={making.isPending} onClick={() => making.mutate()}>
        {exports.start}
      </Button>
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
