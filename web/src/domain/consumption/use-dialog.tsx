import {
  Button,
  Checkbox,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { unitsQuery } from '@/api/catalog';
import { logConsumption, type ConsumptionRequest } from '@/api/consumption';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS, itemStockQuery, type Balance, type ItemSummary } from '@/api/items';
import { componentsQuery } from '@/api/kits';
import { fieldProblems, shortIn, stockIn } from '@/api/problem';
import { useSession } from '@/api/session/session';
import type { WarehouseSummary } from '@/api/warehouses';
import { useConflictText } from '@/domain/stock/conflict';
import { quantityText } from '@/domain/stock/quantity';
import { useDemandsSerial } from '@/domain/stock/source-fields';
import { codesIn } from '@/domain/stock/transfer-draft';
import { fittingUnits } from '@/domain/stock/units';
import { useScope } from '@/domain/warehouses/scope';
import { useWarehouseList } from '@/domain/warehouses/warehouse-list';
import { useConsumptionWords } from '@/i18n/consumption';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useKitWords } from '@/i18n/kits';
import { Dialog } from '@/ui/dialog';
import { NumberField } from '@/ui/number-field';
import { useNotify } from '@/ui/notify';
import { Loaded } from '@/ui/states';
import { recallPurpose, rememberPurpose } from './remembered';
import { firstWarehouse, requestOf, type UseDraft } from './use-draft';
import { useUndoUse } from './use-undo-use';

type UsedItem = Pick<ItemSummary, 'id' | 'name' | 'unit'>;

interface UseDialogProps {
  item: UsedItem;
  /** What a scanned label says. */
  label?: { lot: string | null; serial: string | null } | undefined;
  onClose: () => void;
}

/** Logs what was used: one piece for what was said last, unless something else is said. */
export function UseDialog({ item, label, onClose }: UseDialogProps) {
  const words = useConsumptionWords();
  const list = useWarehouseList();
  const stock = useQuery(itemStockQuery(item.id));
  const data = list.data && stock.data ? { list: list.data, stock: stock.data } : undefined;
  return (
    <Dialog onClose={onClose} title={words.useTitle(item.name)}>
      <Loaded query={{ ...stock, data, error: list.error ?? stock.error }}>
        {(known) => {
          const warehouses = known.list.filter(({ role }) => role !== 'viewer');
          if (warehouses.length === 0) return <Text>{words.noWarehouse}</Text>;
          const { balances } = known.stock;
          return <UseForm {...{ item, label, warehouses, balances, onClose }} />;
        }}
      </Loaded>
    </Dialog>
  );
}

interface UseFormProps extends UseDialogProps {
  warehouses: readonly WarehouseSummary[];
  balances: readonly Balance[];
}

function UseForm({ item, label, warehouses, balances, onClose }: UseFormProps) {
  const words = useConsumptionWords();
  const { action, state } = useMessages();
  const username = useSession()?.username ?? '';
  const scope = useScope();
  const units = useQuery(unitsQuery()).data ?? [];
  const isKit = (useQuery(componentsQuery(item.id)).data?.components.length ?? 0) > 0;
  const demandsSerial = useDemandsSerial(item.id);
  const ids = warehouses.map(({ id }) => id);
  const form = useForm<UseDraft>({
    initialValues: {
      warehouse_id: firstWarehouse(balances, ids, scope),
      quantity: 1,
      unit: item.unit,
      purpose: recallPurpose(localStorage, username),
      note: '',
      serials: label?.serial ?? '',
      components: false,
    },
    validate: {
      warehouse_id: (id) => (id ? null : words.chooseWarehouse),
      quantity: (quantity) => (quantity !== '' && quantity > 0 ? null : words.aboveZero),
    },
  });
  const draft = form.values;
  const logging = useLogging(item, onClose, form.setErrors);
  const submit = (values: UseDraft) => {
    rememberPurpose(localStorage, username, values.purpose.trim());
    const serials = codesIn(values.serials);
    logging.mutate(requestOf(item, values, label?.lot ?? null, serials));
  };
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack>
        <SimpleGrid cols={2} spacing="sm">
          <NumberField
            label={words.quantity}
            min={0}
            {...form.getInputProps('quantity')}
            value={draft.quantity}
          />
          <Select
            label={words.unit}
            allowDeselect={false}
            data={fittingUnits(units, item.unit)}
            {...form.getInputProps('unit')}
          />
        </SimpleGrid>
        <TextInput
          label={words.purpose}
          description={words.purposeHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={state.optional}
          maxLength={100}
          autoComplete="off"
          {...form.getInputProps('purpose')}
        />
        <Select
          label={words.warehouse}
          placeholder={words.chooseWarehouse}
          description={label?.lot ? words.ofLot(label.lot) : words.place}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDeselect={false}
          searchable={warehouses.length > 8}
          data={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('warehouse_id')}
        />
        {isKit ? (
          <Checkbox
            label={words.components}
            {...form.getInputProps('components', { type: 'checkbox' })}
          />
        ) : null}
        {demandsSerial && !draft.components ? (
          <Textarea
            label={words.serials}
            description={words.serialsHint}
            autosize
            minRows={1}
            {...form.getInputProps('serials')}
          />
        ) : null}
        <TextInput
          label={words.note}
          placeholder={state.optional}
          maxLength={500}
          {...form.getInputProps('note')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {action.cancel}
          </Button>
          {/* The second of two clicks, where nothing else is to be said. */}
          <Button type="submit" data-autofocus loading={logging.isPending}>
            {words.log}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useLogging(
  item: UsedItem,
  onClose: () => void,
  setErrors: (problems: Record<string, string>) => void,
) {
  const words = useConsumptionWords();
  const kits = useKitWords();
  const format = useFormat();
  const queries = useQueryClient();
  const notify = useNotify();
  const undo = useUndoUse();
  const conflictText = useConflictText();
  const [keys] = useState(() => new RequestKeys());
  return useMutation({
    mutationFn: (request: ConsumptionRequest) =>
      keys.send(request, (key) => logConsumption(request, key)),
    onSuccess: async (entry) => {
      onClose();
      const unit = entry.given_unit ?? item.unit;
      notify.undoable(words.logged(quantityText(format, entry.given_quantity, unit), item.name), {
        label: words.undo,
        onClick: () => void undo(entry.id),
      });
      await queries.invalidateQueries({ queryKey: ITEMS });
    },
    onError: (error) => {
      const stock = stockIn(error);
      const short = shortIn(error);
      const fields = ['quantity', 'unit', 'purpose', 'note', 'serials', 'warehouse_id'];
      const problems = fieldProblems(error, fields);
      const conflict = conflictText(error);
      if (stock?.reason === 'too_little') {
        const free = quantityText(format, stock.available ?? 0, stock.unit ?? item.unit);
        setErrors({ quantity: words.tooLittle(free) });
      } else if (short) {
        const amounts = short.map((each) =>
          kits.shortOf(quantityText(format, each.short, each.unit), each.item_name),
        );
        setErrors({ quantity: `${kits.short}: ${amounts.join(', ')}` });
      } else if (conflict) setErrors({ quantity: conflict });
      else if (problems) setErrors(problems);
      else notify.failed(error);
    },
  });
}
