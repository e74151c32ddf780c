import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Order, OrderLine } from '@/api/orders';
import { useMessages } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Dialog } from '@/ui/dialog';
import { LineFields } from './line-fields';
import {
  EMPTY_LINE,
  lineDraft,
  lineOf,
  lineProblems,
  linesOf,
  type LineDraft,
} from './order-draft';
import { useChange } from './use-order';

interface LineDialogProps {
  order: Order;
  /** The one that is edited; without it one is added. */
  line?: OrderLine;
  onClose: () => void;
}

/** A line of a draft. The service answers with the totals as they are then. */
export function LineDialog({ order, line, onClose }: LineDialogProps) {
  const words = useOrderWords();
  const { action } = useMessages();
  const at = line ? order.lines.indexOf(line) : order.lines.length;
  const form = useForm<LineDraft>({
    initialValues: line ? lineDraft(line) : EMPTY_LINE,
    validate: {
      item_id: (id) => (id ? null : words.chooseItem),
      quantity: (quantity, { packs }) => {
        if (quantity === '' || quantity <= 0) return words.aboveZero;
        return packs && !Number.isInteger(quantity) ? words.wholePacks : null;
      },
    },
  });
  const changing = useChange(order, {
    problemsOf: (error) => lineProblems(error, at),
    onProblems: form.setErrors,
    onDone: onClose,
  });
  return (
    <Dialog onClose={onClose} title={line ? words.editLine(line.item_name) : words.addLine}>
      <form
        noValidate
        onSubmit={form.onSubmit((draft) => {
          const lines = linesOf(order);
          lines[at] = lineOf(draft);
          changing.mutate({ lines });
        })}
      >
        <Stack>
          <LineFields form={form} choose={!line} supplierId={order.supplier_id ?? undefined} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" loading={changing.isPending}>
              {line ? action.save : words.addLine}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
