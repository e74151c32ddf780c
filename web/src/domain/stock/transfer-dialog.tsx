import {
  Alert,
  Autocomplete,
  Button,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS } from '@/api/items';
import { moveTogether, type MovementRequest } from '@/api/movements';
import { ApiProblem, stockIn } from '@/api/problem';
import { useScope } from '@/domain/warehouses/scope';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useMessages } from '@/i18n/i18n';
import { useStockWords } from '@/i18n/stock';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { useConflictText } from './conflict';
import { SourceFields } from './source-fields';
import {
  firstTransfer,
  MOST_LINES,
  staysAt,
  transferLines,
  type Source,
  type TransferDraft,
} from './transfer-draft';
import { useUndo } from './use-undo';

interface TransferDialogProps {
  title: string;
  /** From where something can leave; a quantity is given for each that it does leave. */
  sources: readonly Source[];
  onClose: () => void;
}

/** Moves stock from one or several places to another one, as one. */
export function TransferDialog({ title, sources: all, onClose }: TransferDialogProps) {
  const { transfer: words } = useStockWords();
  const sources = all.slice(0, MOST_LINES);
  return (
    <Dialog size="lg" onClose={onClose} title={title}>
      {sources.length === 0 ? (
        <Text>{words.empty}</Text>
      ) : (
        <Stack>
          {all.length > MOST_LINES ? <Text>{words.tooMany(String(MOST_LINES))}</Text> : null}
          <TransferForm sources={sources} onClose={onClose} />
        </Stack>
      )}
    </Dialog>
  );
}

function TransferForm({ sources, onClose }: Omit<TransferDialogProps, 'title'>) {
  const stock = useStockWords();
  const { transfer: words } = stock;
  const { action, state } = useMessages();
  const scope = useScope();
  const warehouses = useWarehouses().filter(({ role }) => role !== 'viewer');
  const [refused, setRefused] = useState<string | null>(null);
  const first = sources[0]?.warehouse_id ?? scope;
  const form = useForm<TransferDraft>({
    initialValues: firstTransfer(sources, first),
    validate: {
      quantities: (quantities) => (quantities.some(Boolean) ? null : words.nothing),
      location: (_, draft) =>
        sources.some((source, index) => draft.quantities[index] && staysAt(source, draft))
          ? words.samePlace
          : null,
    },
  });
  const transferring = useTransfer(onClose);
  const conflictText = useConflictText();
  const notify = useNotify();
  async function send(draft: TransferDraft) {
    setRefused(null);
    const lines = transferLines(sources, draft);
    try {
      await transferring.mutateAsync(lines.map(({ line }) => line));
    } catch (error) {
      const at = lineOf(error);
      const index = at === undefined ? undefined : lines[at]?.index;
      const text = conflictText(error) ?? (error instanceof ApiProblem ? error.message : null);
      if (index !== undefined && text) form.setFieldError(`quantities.${index}`, text);
      else if (text) setRefused(text);
      else notify.failed(error);
    }
  }
  const known = [...new Set(sources.map(({ location }) => location))].filter(
    (code) => code !== null,
  );
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack>
        <Text size="sm" c="dimmed">
          {words.lead}
        </Text>
        {sources.map((source, index) => (
          <SourceFields
            key={[source.item_id, source.warehouse_id, source.location, source.lot].join('|')}
            source={source}
            index={index}
            form={form}
            several={sources.some(({ item_id }) => item_id !== source.item_id)}
          />
        ))}
        {form.errors.quantities || refused ? (
          <Alert color="red" variant="light" role="alert">
            {form.errors.quantities ?? refused}
          </Alert>
        ) : null}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label={words.toWarehouse}
            allowDeselect={false}
            searchable={warehouses.length > 8}
            data={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('warehouse_id')}
          />
          <Autocomplete
            label={words.toLocation}
            placeholder={state.optional}
            maxLength={64}
            data={known}
            {...form.getInputProps('location')}
          />
        </SimpleGrid>
        <TextInput
          label={words.reason}
          placeholder={state.optional}
          maxLength={500}
          {...form.getInputProps('reason')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {action.cancel}
          </Button>
          <Button type="submit" loading={transferring.isPending}>
            {words.action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Which line of the request was refused, if one was. */
function lineOf(error: unknown): number | undefined {
  const pointer =
    stockIn(error)?.pointer ?? (error instanceof ApiProblem ? error.errors[0]?.pointer : undefined);
  const found = /^\/lines\/(\d+)/.exec(pointer ?? '');
  return found ? Number(found[1]) : undefined;
}

function useTransfer(onDone: () => void) {
  const { transfer: words, undo: label } = useStockWords();
  const queries = useQueryClient();
  const notify = useNotify();
  const undo = useUndo();
  const [keys] = useState(() => new RequestKeys());
  return useMutation({
    mutationFn: (lines: readonly MovementRequest[]) =>
      keys.send(lines, (key) => moveTogether(lines, key)),
    onSuccess: async (movements) => {
      const ids = movements.map(({ id }) => id);
      notify.undoable(words.done(ids.length), { label, onClick: () => void undo(ids) });
      onDone();
      await queries.invalidateQueries({ queryKey: ITEMS });
    },
  });
}
