import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import {
  continueImport,
  deleteImport,
  importKey,
  importQuery,
  IMPORTS,
  isAtWork,
  type ImportContinuation,
  type ItemImport,
} from '@/api/imports';
import { ITEMS } from '@/api/items';
import { useMessages } from '@/i18n/i18n';
import { useImportWords } from '@/i18n/imports';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { ButtonLink } from '@/ui/link';
import { useNotify } from '@/ui/notify';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import { ColumnForm } from './column-form';
import { ErrorTable } from './error-table';
import { Figures } from './figures';
import { ImportStatus } from './import-status';
import { SkippedRows } from './skipped-rows';

const route = getRouteApi('/inside/items/imports/$importId');

export function ImportPage() {
  const { importId } = route.useParams();
  const query = useQuery(importQuery(importId));
  return (
    <Loaded query={query} page>
      {(found) => <ImportView found={found} />}
    </Loaded>
  );
}

function ImportView({ found }: { found: ItemImport }) {
  const words = useImportWords();
  const atWork = isAtWork(found);
  return (
    <Page
      title={found.filename}
      lead={words.leads[found.status]}
      actions={
        <>
          <ImportStatus of={found} />
          {atWork ? null : <Removal found={found} />}
        </>
      }
    >
      {found.status === 'awaiting_upload' || atWork ? <Work found={found} /> : null}
      {found.status === 'failed' ? (
        <Alert color="red" variant="light" role="alert" title={words.failed}>
          {found.reason}
        </Alert>
      ) : null}
      {found.status === 'done' ? <Done found={found} /> : null}
      {found.status === 'checked' ? <Checked found={found} /> : null}
      {found.status === 'needs_mapping' && found.file ? (
        <Stack>
          {found.reason ? (
            <Alert color="yellow" variant="light" title={words.asks}>
              {found.reason}
            </Alert>
          ) : null}
          <Columns found={found} />
        </Stack>
      ) : null}
      {found.status === 'failed' && found.file ? <Columns found={found} /> : null}
    </Page>
  );
}

function Work({ found }: { found: ItemImport }) {
  const words = useImportWords();
  const { progress } = found;
  return (
    <Card>
      <Stack gap={6}>
        <Group justify="space-between">
          <Text size="sm" role="status">
            {progress ? words.stages[progress.stage] : words.statuses[found.status]}
          </Text>
          <Text size="sm" c="dimmed" className="numbers">
            {progress?.rows ? words.rows(progress.rows) : null}
          </Text>
        </Group>
        <Progress
          value={Math.max(progress?.percent ?? 0, 3)}
          animated
          aria-label={words.progress}
        />
        {found.status === 'importing' ? (
          <Text size="xs" c="dimmed">
            {words.mayLeave}
          </Text>
        ) : null}
      </Stack>
    </Card>
  );
}

/** What the check says; then the way on, which is there only if no row is at fault. */
function Checked({ found }: { found: ItemImport }) {
  const words = useImportWords();
  const [columns, setColumns] = useState(false);
  const going = useGoing(found);
  const { counts } = found;
  const faulty = found.error_total > 0;
  const changes = (counts?.to_create ?? 0) + (counts?.to_change ?? 0) + (counts?.movements ?? 0);
  return (
    <Stack>
      {counts ? (
        <Figures
          figures={[
            [words.toCreate, counts.to_create],
            [words.toChange, counts.to_change],
            [words.unchanged, counts.unchanged],
            [words.movements, counts.movements],
          ]}
        />
      ) : null}
      <Warnings found={found} />
      {faulty ? <ErrorTable found={found} /> : null}
      <Group>
        {faulty ? (
          <ButtonLink to="/items/imports">{words.another}</ButtonLink>
        ) : (
          <Button
            loading={going.isPending}
            disabled={changes === 0}
            onClick={() => going.mutate({ replace: false, dry_run: false })}
          >
            {changes === 0 ? words.nothingToDo : words.goOn(counts?.items ?? 0)}
          </Button>
        )}
        <Button variant="default" onClick={() => setColumns(!columns)} aria-expanded={columns}>
          {words.columns}
        </Button>
      </Group>
      {columns && found.file ? <Columns found={found} /> : null}
    </Stack>
  );
}

function Done({ found }: { found: ItemImport }) {
  const words = useImportWords();
  const queries = useQueryClient();
  const { result } = found;
  useEffect(() => void queries.invalidateQueries({ queryKey: ITEMS }), [queries]);
  return (
    <Stack>
      {result ? (
        <Figures
          figures={[
            [words.created, result.created],
            [words.changed, result.changed],
            [words.unchanged, result.unchanged],
            [words.movements, result.movements],
          ]}
        />
      ) : null}
      <SkippedRows found={found} />
      <Warnings found={found} />
      <ButtonLink to="/items" w="fit-content">
        {words.toItems}
      </ButtonLink>
    </Stack>
  );
}

function Warnings({ found }: { found: ItemImport }) {
  const words = useImportWords();
  if (!found.warnings?.length) return null;
  return (
    <Alert color="yellow" variant="light" title={words.warnings}>
      {found.warnings.map((warning) => (
        <Text key={warning} size="sm">
          {warning}
        </Text>
      ))}
    </Alert>
  );
}

function Columns({ found }: { found: ItemImport }) {
  const going = useGoing(found);
  if (!found.file) return null;
  return (
    <ColumnForm
      key={found.version}
      file={found.file}
      pending={going.isPending}
      onSubmit={(request) => going.mutate({ ...request, dry_run: true })}
    />
  );
}

function useGoing({ id }: ItemImport) {
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (request: ImportContinuation) => continueImport(id, request),
    onSuccess: async () => {
      void queries.invalidateQueries({ queryKey: [...IMPORTS, 'list'] });
      await queries.invalidateQueries({ queryKey: importKey(id) });
    },
    onError: notify.failed,
  });
}

function Removal({ found }: { found: ItemImport }) {
  const words = useImportWords();
  const { action } = useMessages();
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const removing = useMutation({
    mutationFn: () => deleteImport(found.id),
    onSuccess: async () => {
      await navigate({ to: '/items/imports' });
      queries.removeQueries({ queryKey: importKey(found.id) });
      void queries.invalidateQueries({ queryKey: [...IMPORTS, 'list'] });
    },
    onError: notify.failed,
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {action.delete}
      </Button>
      <Confirm
        opened={asking}
        danger
        title={words.deleteTitle(found.filename)}
        confirm={action.delete}
        pending={removing.isPending}
        onConfirm={() => removing.mutate()}
        onClose={() => setAsking(false)}
      >
        {words.deleteText}
      </Confirm>
    </>
  );
}
