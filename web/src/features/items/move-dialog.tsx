import {
  Autocomplete,
  Button,
  Group,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { unitsQuery } from '@/api/catalog';
import { itemStockQuery, type Balance, type Item } from '@/api/items';
import type { WarehouseSummary } from '@/api/warehouses';
import { useConflictText } from '@/domain/stock/conflict';
import { useDemandsSerial } from '@/domain/stock/source-fields';
import { fittingUnits } from '@/domain/stock/units';
import { useScope } from '@/domain/warehouses/scope';
import { useWarehouseList } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Dialog } from '@/ui/dialog';
import { NumberField } from '@/ui/number-field';
import { useNotify } from '@/ui/notify';
import { Loaded } from '@/ui/states';
import classes from './items.module.css';
import {
  firstDraft,
  knownCodes,
  movementOf,
  problemAt,
  thereNow,
  type Label,
  type MoveDraft,
  type QuickKind,
} from './move-draft';
import { quantityText } from '@/domain/stock/quantity';
import { useMove } from './use-move';

interface MoveDialogProps {
  item: Item;
  kind: QuickKind;
  /** What is filled in at first. */
  label?: Label | undefined;
  onClose: () => void;
}

/** Receives, issues, adjusts or counts at one place. */
export function MoveDialog({ item, kind, label, onClose }: MoveDialogProps) {
  const words = useItemWords();
  const list = useWarehouseList();
  const stock = useQuery(itemStockQuery(item.id));
  const data = list.data && stock.data ? { list: list.data, stock: stock.data } : undefined;
  return (
    <Dialog onClose={onClose} title={words.moveTitle[kind](item.name)}>
      <Loaded query={{ ...stock, data, error: list.error ?? stock.error }}>
        {(known) => {
          const warehouses = known.list.filter(({ role }) => role !== 'viewer');
          if (warehouses.length === 0) return <Text>{words.noWarehouse}</Text>;
          const { balances } = known.stock;
          return <MoveForm {...{ item, kind, label, warehouses, balances, onClose }} />;
        }}
      </Loaded>
    </Dialog>
  );
}

interface MoveFormProps extends MoveDialogProps {
  warehouses: readonly WarehouseSummary[];
  balances: readonly Balance[];
}

function MoveForm({ item, kind, label, warehouses, balances, onClose }: MoveFormProps) {
  const words = useItemWords();
  const { action, state } = useMessages();
  const format = useFormat();
  const notify = useNotify();
  const scope = useScope();
  const units = useQuery(unitsQuery()).data ?? [];
  const moving = useMove(item, kind);
  const conflictText = useConflictText();
  const demandsSerial = useDemandsSerial(item.id);
  const ids = warehouses.map(({ id }) => id);
  const form = useForm<MoveDraft>({
    initialValues: firstDraft(item, balances, ids, scope, label),
    validate: {
      warehouse_id: (id) => (id ? null : words.chooseWarehouse),
      quantity: (quantity) => {
        if (quantity === '') return state.required;
        if (kind === 'adjustment') return quantity === 0 ? words.notZero : null;
        return quantity > 0 || (kind === 'count' && quantity === 0) ? null : words.aboveZero;
      },
      reason: (reason) => (kind === 'adjustment' && !reason.trim() ? state.required : null),
    },
  });
  const draft = form.values;
  async function move(values: MoveDraft) {
    try {
      await moving.mutateAsync(movementOf(item, kind, values));
      onClose();
    } catch (error) {
      const conflict = conflictText(error);
      const problems = conflict ? { quantity: conflict } : problemAt(error, Object.keys(values));
      if (problems) form.setErrors(problems);
      else notify.failed(error);
    }
  }
  return (
    <form noValidate onSubmit={form.onSubmit(move)}>
      <Stack>
        <Select
          label={words.warehouse}
          placeholder={words.chooseWarehouse}
          allowDeselect={false}
          searchable={warehouses.length > 8}
          data={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('warehouse_id')}
        />
        <div className={classes.pair}>
          {(['location', 'lot'] as const).map((name) => (
            <Autocomplete
              key={name}
              label={words[name]}
              placeholder={state.optional}
              maxLength={64}
              data={knownCodes(balances, draft.warehouse_id, name)}
              {...form.getInputProps(name)}
            />
          ))}
        </div>
        {kind === 'receipt' && draft.lot.trim() ? (
          <TextInput type="date" label={words.expiryOfLot} {...form.getInputProps('expiry_date')} />
        ) : null}
        <div className={classes.pair}>
          <NumberField
            data-autofocus
            label={
              kind === 'adjustment'
                ? words.change
                : kind === 'count'
                  ? words.counted
                  : words.quantity
            }
            description={
              kind === 'adjustment'
                ? words.changeHint
                : draft.warehouse_id
                  ? words.thereIs(quantityText(format, thereNow(balances, draft), item.unit))
                  : undefined
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            allowNegative={kind === 'adjustment'}
            {...form.getInputProps('quantity')}
            value={draft.quantity}
          />
          <Select
            label={words.unit}
            allowDeselect={false}
            data={fittingUnits(units, item.unit)}
            {...form.getInputProps('unit')}
          />
        </div>
        {demandsSerial && kind !== 'count' ? (
          <Textarea
            label={words.serials}
            description={words.serialsHint}
            autosize
            minRows={1}
            maxRows={6}
            {...form.getInputProps('serials')}
          />
        ) : null}
        <Textarea
          label={words.reason}
          placeholder={kind === 'adjustment' ? undefined : state.optional}
          maxLength={500}
          autosize
          minRows={1}
          {...form.getInputProps('reason')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {action.cancel}
          </Button>
          <Button type="submit" loading={moving.isPending}>
            {words.move[kind]}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
