import { Alert, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { ApiProblem, hasStatus } from '@/api/problem';
import {
  changeWarehouse,
  putLayoutFile,
  warehouseKey,
  WAREHOUSES,
  type Warehouse,
} from '@/api/warehouses';
import { patternOf } from '@/domain/warehouses/classify';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { LeaveGuard } from '@/ui/leave-guard';
import { useNotify } from '@/ui/notify';
import { downloadCsv } from './download';
import {
  draftOf,
  emptyRow,
  errorsByRow,
  layoutOf,
  moved,
  toCsv,
  type DraftRow,
} from './layout-draft';
import { LayoutRows } from './layout-rows';
import { PatternHelp } from './pattern-help';
import { TryCode } from './try-code';

export function LayoutEditor({ warehouse }: { warehouse: Warehouse }) {
  const { warehouses: words, state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const [rows, setRows] = useState(() => draftOf(warehouse.layout));
  const [changed, setChanged] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const settled = useDeferredValue(rows);
  const patterns = useMemo(() => settled.map(patternOf), [settled]);

  const edit = (next: DraftRow[]) => {
    setRows(next);
    setChanged(true);
  };
  const shown = (answer: Warehouse) => {
    queries.setQueryData(warehouseKey(warehouse.id), answer);
    void queries.invalidateQueries({ queryKey: [...WAREHOUSES, 'list'] });
    setChanged(false);
    notify.done(words.saved);
  };
  const failed = (error: unknown) => {
    if (hasStatus(error, 412)) notify.failed(new Error(state.conflict));
    else if (!(error instanceof ApiProblem && error.errors.length > 0)) notify.failed(error);
  };
  const saving = useMutation({
    mutationFn: () => changeWarehouse(warehouse.id, warehouse.version, { layout: layoutOf(rows) }),
    onSuccess: shown,
    onError: failed,
  });
  const importing = useMutation({
    mutationFn: (sent: File) => putLayoutFile(warehouse.id, warehouse.version, sent),
    onSuccess: shown,
    onError: failed,
    onSettled: () => setFile(null),
  });
  const refused = [saving.error, importing.error].find((error) => error instanceof ApiProblem);
  const errors = useMemo(
    () => errorsByRow(saving.error instanceof ApiProblem ? saving.error.errors : []),
    [saving.error],
  );
  return (
    <Stack gap="md">
      <Card
        title={words.layout}
        aside={
          <Group gap="xs">
            <FileButton onChange={setFile} accept=".xlsx,.xls,.ods,.csv,.tsv">
              {(props) => (
                <Button
                  {...props}
                  size="xs"
                  variant="default"
                  title={words.importHint}
                  leftSection={<IconFileImport size={16} aria-hidden />}
                >
                  {words.import}
                </Button>
              )}
            </FileButton>
            <Button
              size="xs"
              variant="default"
              disabled={rows.length === 0}
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => downloadCsv(`${warehouse.name}.csv`, toCsv(rows))}
            >
              {words.export}
            </Button>
          </Group>
        }
      >
        <Text size="sm" c="dimmed">
          {words.layoutLead}
        </Text>
        {refused instanceof ApiProblem && refused.errors.length > 0 ? (
          <Alert
            color="red"
            variant="light"
            role="alert"
            title={words.errors(refused.errors.length)}
          >
            {refused.errors[0]?.detail}
          </Alert>
        ) : null}
        {rows.length === 0 ? (
          <Text py="md">{words.emptyLayout}</Text>
        ) : (
          <LayoutRows
            rows={rows}
            patterns={patterns}
            errors={errors}
            onChange={(index, changes) =>
              edit(rows.map((row, position) => (position === index ? { ...row, ...changes } : row)))
            }
            onMove={(index, by) => edit(moved(rows, index, by))}
            onRemove={(index) => edit(rows.filter((_, position) => position !== index))}
          />
        )}
        <Group justify="space-between">
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => edit([...rows, emptyRow()])}
          >
            {words.addRow}
          </Button>
          {changed ? (
            <Group gap="xs">
              <Text size="sm" c="dimmed" role="status">
                {words.unsaved}
              </Text>
              <Button
                variant="default"
                onClick={() => {
                  setRows(draftOf(warehouse.layout));
                  setChanged(false);
                  saving.reset();
                }}
              >
                {words.discard}
              </Button>
              <Button loading={saving.isPending} onClick={() => saving.mutate()}>
                {words.save}
              </Button>
            </Group>
          ) : null}
        </Group>
      </Card>
      <TryCode rows={settled} patterns={patterns} />
      <PatternHelp />
      <Confirm
        opened={file !== null}
        title={words.importTitle}
        confirm={words.importGo}
        pending={importing.isPending}
        onConfirm={() => {
          if (file) importing.mutate(file);
        }}
        onClose={() => setFile(null)}
      >
        {words.importText(file?.name ?? '')}
      </Confirm>
      <LeaveGuard
        active={changed}
        title={words.unsaved}
        text={words.leaveText}
        discard={words.discard}
      />
    </Stack>
  );
}
