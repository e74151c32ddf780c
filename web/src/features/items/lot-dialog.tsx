import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeLot, itemKey, type Lot } from '@/api/items';
import { fieldProblems, hasStatus } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';

/** When a lot expires, and whether it is in quarantine. */
export function LotDialog({ lot, onClose }: { lot: Lot; onClose: () => void }) {
  const words = useItemWords();
  const { action, state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const form = useForm({
    initialValues: { expiry_date: lot.expiry_date ?? '', status: lot.status },
  });
  const saving = useMutation({
    mutationFn: (draft: { expiry_date: string; status: Lot['status'] }) =>
      changeLot(lot, { expiry_date: draft.expiry_date || null, status: draft.status }),
    onSuccess: () => {
      notify.done(words.lotSaved(lot.lot));
      onClose();
    },
    onError: (error) => {
      const problems = fieldProblems(error, ['expiry_date', 'status']);
      if (problems) return form.setErrors(problems);
      notify.failed(hasStatus(error, 412) ? new Error(state.conflict) : error);
      if (hasStatus(error, 412)) onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: itemKey(lot.item_id) }),
  });
  return (
    <Dialog onClose={onClose} title={words.editLot(lot.lot)}>
      <form noValidate onSubmit={form.onSubmit((draft) => saving.mutate(draft))}>
        <Stack>
          <TextInput
            data-autofocus
            type="date"
            label={words.expiryOfLot}
            description={words.noExpiry}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('expiry_date')}
          />
          <Select
            label={words.status}
            allowDeselect={false}
            data={(['available', 'quarantined'] as const).map((value) => ({
              value,
              label: words.lotStatuses[value],
            }))}
            {...form.getInputProps('status')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {action.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
