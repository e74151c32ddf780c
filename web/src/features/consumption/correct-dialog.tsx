import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { correctConsumption, type Consumption } from '@/api/consumption';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS } from '@/api/items';
import { fieldProblems } from '@/api/problem';
import { useConflictText } from '@/domain/stock/conflict';
import { useConsumptionWords } from '@/i18n/consumption';
import { useMessages } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';
import { NumberField } from '@/ui/number-field';
import { useNotify } from '@/ui/notify';

interface Draft {
  quantity: number | '';
  note: string;
}

/** Makes the counter-entry of an entry: all of it, or to another quantity. */
export function CorrectDialog({ entry, onClose }: { entry: Consumption; onClose: () => void }) {
  const words = useConsumptionWords();
  const { action, state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const conflictText = useConflictText();
  const [keys] = useState(() => new RequestKeys());
  const unit = entry.given_unit ?? entry.unit;
  const form = useForm<Draft>({
    initialValues: { quantity: entry.given_quantity, note: '' },
    validate: {
      quantity: (quantity) => {
        if (quantity === '') return state.required;
        return quantity === entry.given_quantity ? words.sameQuantity : null;
      },
    },
  });
  const correcting = useMutation({
    mutationFn: ({ quantity, note }: Draft) => {
      const body = { quantity: quantity || 0, ...(note.trim() ? { note: note.trim() } : {}) };
      return keys.send(body, (key) => correctConsumption(entry.id, body, key));
    },
    onSuccess: async () => {
      notify.done(words.correctedDone);
      onClose();
      await queries.invalidateQueries({ queryKey: ITEMS });
    },
    onError: (error) => {
      const conflict = conflictText(error);
      const problems = fieldProblems(error, ['quantity', 'note']);
      if (conflict) form.setErrors({ quantity: conflict });
      else if (problems) form.setErrors(problems);
      else notify.failed(error);
    },
  });
  return (
    <Dialog onClose={onClose} title={words.correctTitle(entry.item_name)}>
      <form noValidate onSubmit={form.onSubmit((draft) => correcting.mutate(draft))}>
        <Stack>
          <Text size="sm">{words.correctLead}</Text>
          <NumberField
            data-autofocus
            label={`${words.right} (${unit})`}
            description={words.rightHint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={0}
            {...form.getInputProps('quantity')}
            value={form.values.quantity}
          />
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
            <Button type="submit" loading={correcting.isPending}>
              {words.correct}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
