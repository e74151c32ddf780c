import { Alert, Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS, type Item } from '@/api/items';
import { assemble, availabilityQuery, type AssemblyRequest, type Verb } from '@/api/kits';
import { fieldProblems, shortIn } from '@/api/problem';
import type { WarehouseSummary } from '@/api/warehouses';
import { useConflictText } from '@/domain/stock/conflict';
import { quantityText } from '@/domain/stock/quantity';
import { useScope } from '@/domain/warehouses/scope';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useKitWords } from '@/i18n/kits';
import { Dialog } from '@/ui/dialog';
import { NumberField } from '@/ui/number-field';
import { useNotify } from '@/ui/notify';
import { ShortList } from './short-list';

interface AssembleDialogProps {
  item: Item;
  verb: Verb;
  onClose: () => void;
}

interface Draft {
  warehouse_id: string;
  quantity: number | '';
  location: string;
  lot: string;
  expiry_date: string;
}

/** Makes kits of their components, or takes them apart, and says what is short before that. */
export function AssembleDialog(props: AssembleDialogProps) {
  const words = useKitWords();
  const workable = useWarehouses().filter(({ role }) => role !== 'viewer');
  const { item, verb, onClose } = props;
  return (
    <Dialog
      onClose={onClose}
      title={
        verb === 'assemble' ? words.assembleTitle(item.name) : words.disassembleTitle(item.name)
      }
    >
      {workable.length === 0 ? (
        <Text>{words.noWarehouse}</Text>
      ) : (
        <AssembleForm {...props} warehouses={workable} />
      )}
    </Dialog>
  );
}

interface AssembleFormProps extends AssembleDialogProps {
  warehouses: readonly WarehouseSummary[];
}

function AssembleForm({ item, verb, warehouses, onClose }: AssembleFormProps) {
  const words = useKitWords();
  const { action, state } = useMessages();
  const format = useFormat();
  const scope = useScope();
  const known = warehouses.find(({ id }) => id === scope);
  const single = warehouses.length === 1 ? warehouses[0] : undefined;
  const form = useForm<Draft>({
    initialValues: {
      warehouse_id: (known ?? single)?.id ?? '',
      quantity: 1,
      location: '',
      lot: '',
      expiry_date: '',
    },
    validate: {
      warehouse_id: (id) => (id ? null : words.chooseWarehouse),
      quantity: (quantity) => (quantity !== '' && quantity > 0 ? null : words.aboveZero),
    },
  });
  const draft = form.values;
  const [asked] = useDebouncedValue(draft.quantity || undefined, 300);
  const isAssembly = verb === 'assemble';
  const query = useQuery({
    ...availabilityQuery(item.id, draft.warehouse_id || undefined, isAssembly ? asked : undefined),
    enabled: draft.warehouse_id !== '',
  });
  const there = query.data;
  const most = isAssembly ? there?.can_be_assembled : there?.in_stock;
  const working = useAssembly(item, verb, onClose, form.setErrors);
  return (
    <form noValidate onSubmit={form.onSubmit((values) => working.mutate(requestOf(values)))}>
      <Stack>
        <Text size="sm">{isAssembly ? words.assembleLead : words.disassembleLead}</Text>
        <Select
          label={words.warehouse}
          placeholder={words.chooseWarehouse}
          allowDeselect={false}
          searchable={warehouses.length > 8}
          data={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('warehouse_id')}
        />
        <NumberField
          data-autofocus
          label={`${words.quantity} (${item.unit})`}
          description={
            most === undefined ? undefined : words.atMost(quantityText(format, most, item.unit))
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          {...form.getInputProps('quantity')}
          value={draft.quantity}
        />
        <SimpleGrid cols={2} spacing="sm">
          {(['location', 'lot'] as const).map((name) => (
            <TextInput
              key={name}
              label={words[name]}
              placeholder={state.optional}
              maxLength={64}
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        {isAssembly && draft.lot.trim() ? (
          <TextInput type="date" label={words.expiry} {...form.getInputProps('expiry_date')} />
        ) : null}
        {isAssembly && there && there.short_items + there.sub_kits.length > 0 ? (
          <Alert color="yellow" variant="light">
            <ShortList availability={there} />
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {action.cancel}
          </Button>
          <Button type="submit" loading={working.isPending}>
            {words[verb]}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function requestOf(draft: Draft): AssemblyRequest {
  const [location, lot] = [draft.location.trim(), draft.lot.trim()];
  return {
    warehouse_id: draft.warehouse_id,
    quantity: draft.quantity || 0,
    serials: [],
    components: [],
    ...(location ? { location } : {}),
    ...(lot ? { lot } : {}),
    ...(lot && draft.expiry_date ? { expiry_date: draft.expiry_date } : {}),
  };
}

function useAssembly(
  item: Item,
  verb: Verb,
  onClose: () => void,
  setErrors: (problems: Record<string, string>) => void,
) {
  const words = useKitWords();
  const format = useFormat();
  const queries = useQueryClient();
  const notify = useNotify();
  const conflictText = useConflictText();
  const [keys] = useState(() => new RequestKeys());
  const [backKeys] = useState(() => new RequestKeys());
  const told = (how: Verb, quantity: number) => {
    const amount = quantityText(format, quantity, item.unit);
    return how === 'assemble' ? words.assembled(amount) : words.disassembled(amount);
  };
  const back: Verb = verb === 'assemble' ? 'disassemble' : 'assemble';
  const undo = async (request: AssemblyRequest) => {
    try {
      const made = await backKeys.send(request, (key) => assemble(back, item.id, request, key));
      notify.done(told(back, made.quantity));
    } catch (error) {
      notify.failed(error);
    }
    await queries.invalidateQueries({ queryKey: ITEMS });
  };
  return useMutation({
    mutationFn: (request: AssemblyRequest) =>
      keys.send(request, (key) => assemble(verb, item.id, request, key)),
    onSuccess: async (made, request) => {
      onClose();
      notify.undoable(told(verb, made.quantity), {
        label: words.undo,
        // A lot has its expiry date by now.
        onClick: () => void undo({ ...request, expiry_date: null }),
      });
      await queries.invalidateQueries({ queryKey: ITEMS });
    },
    onError: (error) => {
      const short = shortIn(error);
      const conflict = conflictText(error);
      const problems = fieldProblems(error, ['quantity', 'location', 'lot', 'expiry_date']);
      if (short) {
        const amounts = short.map((each) =>
          words.shortOf(quantityText(format, each.short, each.unit), each.item_name),
        );
        setErrors({ quantity: `${words.short}: ${amounts.join(', ')}` });
      } else if (conflict) setErrors({ quantity: conflict });
      else if (problems) setErrors(problems);
      else notify.failed(error);
    },
  });
}
