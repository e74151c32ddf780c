import { Alert, Button, Stack, Text, type ButtonProps } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  createListExport,
  LIST_FORMATS,
  listExportQuery,
  type ListFilter,
  type ListFormat,
  type ListName,
} from '@/api/list-exports';
import { useListExportWords } from '@/i18n/list-exports';
import { Dialog } from '@/ui/dialog';
import { ExportProgress } from '@/ui/export-progress';
import { FormatChoice } from '@/ui/format-choice';
import { useNotify } from '@/ui/notify';

interface ExportListButtonProps {
  list: ListName;
  /** What the list shows now. */
  filters?: ListFilter;
  size?: ButtonProps['size'];
}

/** A list of the catalog or of stock as a file, with the filters that it has now. */
export function ExportListButton({ list, filters = {}, size }: ExportListButtonProps) {
  const words = useListExportWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size={size}
        leftSection={<IconDownload size={size === 'xs' ? 16 : 18} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {words.export}
      </Button>
      {opened ? (
        <ExportListDialog list={list} filters={filters} onClose={() => setOpened(false)} />
      ) : null}
    </>
  );
}

interface ExportListDialogProps {
  list: ListName;
  filters: ListFilter;
  onClose: () => void;
}

function ExportListDialog({ list, filters, onClose }: ExportListDialogProps) {
  const words = useListExportWords();
  const [exportId, setExportId] = useState<string | null>(null);
  return (
    <Dialog onClose={onClose} title={words.title[list]}>
      {exportId ? (
        <Making exportId={exportId} onAgain={() => setExportId(null)} />
      ) : (
        <Choice list={list} filters={filters} onStarted={setExportId} />
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  list: ListName;
  filters: ListFilter;
  onStarted: (exportId: string) => void;
}

function Choice({ list, filters, onStarted }: ChoiceProps) {
  const words = useListExportWords();
  const notify = useNotify();
  const making = useMutation({
    mutationFn: (format: ListFormat) => createListExport(list, format, filters),
    onSuccess: ({ id }) => onStarted(id),
    onError: notify.failed,
  });
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <Stack>
      <Text size="sm">{isFiltered ? words.filtered : words.all}</Text>
      <FormatChoice
        label={words.title[list]}
        formats={LIST_FORMATS}
        names={words.format}
        hints={words.formatHint}
        pending={making.isPending}
        onStart={making.mutate}
      />
    </Stack>
  );
}

function Making({ exportId, onAgain }: { exportId: string; onAgain: () => void }) {
  const words = useListExportWords();
  const { data, error } = useQuery(listExportQuery(exportId));
  return (
    <ExportProgress file={data} error={error} onAgain={onAgain}>
      <Text size="sm">{words.ready(data?.rows ?? 0)}</Text>
      {data?.truncated ? (
        <Alert color="yellow" variant="light">
          {words.truncated}
        </Alert>
      ) : null}
    </ExportProgress>
  );
}
