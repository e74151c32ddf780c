import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Order, OrderPatch } from '@/api/orders';
import { fieldProblems } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Dialog } from '@/ui/dialog';
import { NumberField } from '@/ui/number-field';
import { amountOf } from './order-draft';
import classes from './orders.module.css';
import { useChange } from './use-order';

interface EditDraft {
  expected_on: string;
  note: string;
  over_receipt_percent: number | '';
  costs: { name: string; amount: string }[];
}

interface EditOrderDialogProps {
  order: Order;
  onClose: () => void;
}

/** The day as the reader's clock has it. */
const dayIn = (iso: string | null): string => {
  if (iso === null) return '';
  const moment = new Date(iso);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
};

/** The end of that day: an order is late the day after. */
const momentOf = (day: string): string | null =>
  day ? new Date(`${day}T23:59:59`).toISOString() : null;

function patchOf(order: Order, draft: EditDraft): OrderPatch {
  const isDraft = order.status === 'draft';
  const costs = draft.costs
    .map(({ name, amount }) => ({ name: name.trim(), amount: amountOf(amount) }))
    .filter(({ name, amount }) => name || amount);
  return {
    ...(draft.expected_on === dayIn(order.expected_at)
      ? {}
      : { expected_at: momentOf(draft.expected_on) }),
    note: draft.note.trim() || null,
    ...(isDraft ? { over_receipt_percent: draft.over_receipt_percent || 0, costs } : {}),
  };
}

/** All but the lines of a draft; of an order that is placed, when it is expected and the note. */
export function EditOrderDialog({ order, onClose }: EditOrderDialogProps) {
  const words = useOrderWords();
  const { action } = useMessages();
  const form = useForm<EditDraft>({
    initialValues: {
      expected_on: dayIn(order.expected_at),
      note: order.note ?? '',
      over_receipt_percent: order.over_receipt_percent || '',
      costs: order.costs.map(({ name, amount }) => ({ name, amount })),
    },
  });
  const changing = useChange(order, {
    problemsOf: (error) => problemsOf(error, form.values.costs.length),
    onProblems: form.setErrors,
    onDone: onClose,
  });
  const isDraft = order.status === 'draft';
  return (
    <Dialog onClose={onClose} title={words.editTitle(order.internal_number)}>
      <form noValidate onSubmit={form.onSubmit((draft) => changing.mutate(patchOf(order, draft)))}>
        <Stack>
          <TextInput
            type="date"
            label={words.expected}
            description={isDraft && order.type === 'purchase' ? words.expectedHint : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('expected_on')}
          />
          {isDraft && order.type === 'purchase' ? (
            <NumberField
              label={words.tolerance}
              description={words.toleranceHint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={0}
              max={100}
              {...form.getInputProps('over_receipt_percent')}
              value={form.values.over_receipt_percent}
            />
          ) : null}
          {isDraft ? <Costs form={form} /> : null}
          <Textarea
            label={words.note}
            maxLength={2000}
            autosize
            minRows={2}
            {...form.getInputProps('note')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" loading={changing.isPending}>
              {action.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Costs({ form }: { form: ReturnType<typeof useForm<EditDraft>> }) {
  const words = useOrderWords();
  return (
    <Stack gap="xs" role="group" aria-label={words.costs}>
      <Text size="sm" fw={500}>
        {words.costs}
      </Text>
      <Text size="xs" c="dimmed">
        {words.costsLead}
      </Text>
      {form.values.costs.map((cost, index) => (
        <div key={index} className={classes.cost}>
          <TextInput
            label={words.costName}
            maxLength={80}
            {...form.getInputProps(`costs.${index}.name`)}
          />
          <TextInput
            label={words.costAmount}
            inputMode="decimal"
            maxLength={24}
            {...form.getInputProps(`costs.${index}.amount`)}
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={words.removeCost(cost.name || words.aCost)}
            onClick={() => form.removeListItem('costs', index)}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        w="fit-content"
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => form.insertListItem('costs', { name: '', amount: '' })}
      >
        {words.addCost}
      </Button>
    </Stack>
  );
}

/** What is wrong at `/costs/0/amount` belongs to the field `costs.0.amount`. */
function problemsOf(error: unknown, costs: number): Record<string, string> | null {
  const own = ['note', 'over_receipt_percent'];
  const each = Array.from({ length: costs }, (_, index) => [
    `costs_${index}_name`,
    `costs_${index}_amount`,
  ]).flat();
  const problems = fieldProblems(error, [...own, 'expected_at', ...each]);
  if (!problems) return null;
  return Object.fromEntries(
    Object.entries(problems).map(([name, text]) => [
      name === 'expected_at'
        ? 'expected_on'
        : name.startsWith('costs_')
          ? name.replaceAll('_', '.')
          : name,
      text,
    ]),
  );
}
