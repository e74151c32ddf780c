import { Button, Modal, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  createExport,
  EXPORT_FORMATS,
  exportQuery,
  type ExportFilter,
  type ExportFormat,
} from '@/api/exports';
import type { Report } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';
import { ExportProgress } from '@/ui/export-progress';
import { useNotify } from '@/ui/notify';

interface ExportDialogProps {
  report: Report;
  /** What the list shows now, where that is not everything. */
  filter: ExportFilter | null;
  searched: boolean;
  onClose: () => void;
}

/** Asks what for, waits while the file is written, and gives its link. */
export function ExportDialog({ report, filter, searched, onClose }: ExportDialogProps) {
  const { exports: words, action } = useMessages();
  const [exportId, setExportId] = useState<string | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.title}
      closeButtonProps={{ 'aria-label': action.close }}
    >
      {exportId ? (
        <Making reportId={report.id} exportId={exportId} onAgain={() => setExportId(null)} />
      ) : (
        <Choice {...{ report, filter, searched }} onStarted={setExportId} />
      )}
    </Modal>
  );
}

interface ChoiceProps extends Omit<ExportDialogProps, 'onClose'> {
  onStarted: (exportId: string) => void;
}

function Choice({ report, filter, searched, onStarted }: ChoiceProps) {
  const { exports: words } = useMessages();
  const notify = useNotify();
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [narrow, setNarrow] = useState(filter !== null);
  const making = useMutation({
    mutationFn: () => createExport(report.id, format, narrow && filter ? filter : {}),
    onSuccess: ({ id }) => onStarted(id),
    onError: notify.failed,
  });
  return (
    <Stack>
      <Radio.Group aria-label={words.title} value={format} onChange={(value) => setFormat(value)}>
        <Stack gap="sm">
          {EXPORT_FORMATS.map((value) => (
            <Radio
              key={value}
              value={value}
              label={words.format[value]}
              description={words.formatHint[value]}
            />
          ))}
        </Stack>
      </Radio.Group>
      {filter ? (
        <Radio.Group
          label={words.which}
          value={narrow ? 'filtered' : 'all'}
          onChange={(value) => setNarrow(value === 'filtered')}
        >
          <Stack gap="xs" mt={6}>
            <Radio
              value="filtered"
              label={words.filtered}
              description={searched ? words.searchLeftOut : undefined}
            />
            <Radio value="all" label={words.all} />
          </Stack>
        </Radio.Group>
      ) : null}
      <Button ml="auto" loading={making.isPending} onClick={() => making.mutate()}>
        {words.start}
      </Button>
    </Stack>
  );
}

interface MakingProps {
  reportId: string;
  exportId: string;
  onAgain: () => void;
}

function Making({ reportId, exportId, onAgain }: MakingProps) {
  const { exports: words } = useMessages();
  const { data, error } = useQuery(exportQuery(reportId, exportId));
  return (
    <ExportProgress file={data} error={error} onAgain={onAgain}>
      <Text size="sm">{words.ready(data?.anomalies ?? 0)}</Text>
    </ExportProgress>
  );
}
