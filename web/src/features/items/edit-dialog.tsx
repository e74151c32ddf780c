import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changeItem, itemKey, ITEMS, itemStockQuery, type Item } from '@/api/items';
import { hasStatus } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { draftOf, patchOf, type ItemDraft } from './item-draft';
import { ItemFields } from './item-fields';
import { FURTHER, itemProblem } from './item-problem';

export function EditDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const words = useItemWords();
  const { action, state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const stock = useQuery(itemStockQuery(item.id)).data;
  const form = useForm<ItemDraft>({
    initialValues: draftOf(item),
    validate: { name: (name) => (name.trim() ? null : state.required) },
  });
  const saving = useMutation({
    mutationFn: (draft: ItemDraft) => changeItem(item, patchOf(item, draft)),
    onSuccess: (changed) => {
      queries.setQueryData(itemKey(item.id), changed);
      void queries.invalidateQueries({ queryKey: [...ITEMS, 'list'] });
      notify.done(words.saved);
      onClose();
    },
    onError: (error) => {
      const problems = itemProblem(error, words.skuTaken);
      if (problems) form.setErrors(problems);
      else if (hasStatus(error, 412)) {
        // What was typed belongs to what is no longer there.
        void queries.invalidateQueries({ queryKey: itemKey(item.id) });
        notify.failed(new Error(state.conflict));
        onClose();
      } else notify.failed(error);
    },
  });
  const hasMoved = item.quantity !== 0 || (stock?.movements.length ?? 0) > 0;
  return (
    <Dialog size="lg" onClose={onClose} title={words.editTitle(item.name)}>
      <form noValidate onSubmit={form.onSubmit((draft) => saving.mutate(draft))}>
        <Stack>
          <ItemFields
            draft={form.values}
            inputProps={(name) => form.getInputProps(name)}
            unitFixed={hasMoved ? words.unitFixed : undefined}
            openMore={FURTHER.some((name) => form.errors[name] !== undefined)}
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
