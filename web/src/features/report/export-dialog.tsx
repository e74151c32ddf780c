import { Radio, Stack, Text } from '@mantine/core';
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
import { Dialog } from '@/ui/dialog';
import { ExportProgress } from '@/ui/export-progress';
import { FormatChoice } from '@/ui/format-choice';
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
  const { exports: words } = useMessages();
  const [exportId, setExportId] = useState<string | null>(null);
  return (
    <Dialog onClose={onClose} title={words.title}>
      {exportId ? (
        <Making reportId={report.id} exportId={exportId} onAgain={() => setExportId(null)} />
      ) : (
        <Choice {...{ report, filter, searched }} onStarted={setExportId} />
      )}
    </Dialog>
  );
}

interface ChoiceProps extends Omit<ExportDialogProps, 'onClose'> {
  onStarted: (exportId: string) => void;
}

function Choice({ report, filter, searched, onStarted }: ChoiceProps) {
  const { exports: words } = useMessages();
  const notify = useNotify();
  const [narrow, setNarrow] = useState(filter !== null);
  const making = useMutation({
    mutationFn: (format: ExportFormat) =>
      createExport(report.id, format, narrow && filter ? filter : {}),
    onSuccess: ({ id }) => onStarted(id),
    onError: notify.failed,
  });
  return (
    <Stack>
      <FormatChoice
        label={words.title}
        formats={EXPORT_FORMATS}
        names={words.format}
        hints={words.formatHint}
        pending={making.isPending}
        onStart={making.mutate}
      >
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
      </FormatChoice>
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
