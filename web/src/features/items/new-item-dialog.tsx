import { Button, Group, Select, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { RequestKeys } from '@/api/idempotency';
import { createItem, ITEMS } from '@/api/items';
import { WAREHOUSES } from '@/api/warehouses';
import { useScope } from '@/domain/warehouses/scope';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useMessages } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Dialog } from '@/ui/dialog';
import { NumberField } from '@/ui/number-field';
import { useNotify } from '@/ui/notify';
import { NEW_ITEM, requestOf, type FirstStock, type ItemDraft } from './item-draft';
import { ItemFields } from './item-fields';
import { FURTHER, itemProblem } from './item-problem';
import classes from './items.module.css';

/** The warehouse that the service takes where none is named. */
const MAIN = 'wh_main';

export function NewItemDialog({ onClose }: { onClose: () => void }) {
  const words = useItemWords();
  const { action, state } = useMessages();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const scope = useScope();
  const warehouses = useWarehouses().filter(({ role }) => role !== 'viewer');
  const [keys] = useState(() => new RequestKeys());
  const form = useForm<ItemDraft & FirstStock>({
    initialValues: {
      ...NEW_ITEM,
      quantity: '',
      warehouse_id: [scope, MAIN].find((id) => warehouses.some((each) => each.id === id)) ?? '',
    },
    validate: { name: (name) => (name.trim() ? null : state.required) },
  });
  const creating = useMutation({
    mutationFn: (draft: ItemDraft & FirstStock) => {
      const request = requestOf(draft, draft);
      return keys.send(request, (key) => createItem(request, key));
    },
    onSuccess: async (item) => {
      void queries.invalidateQueries({ queryKey: ITEMS });
      // The main warehouse is made with the first quantity in it.
      void queries.invalidateQueries({ queryKey: WAREHOUSES });
      notify.done(words.created(item.name));
      await navigate({ to: '/items/$itemId', params: { itemId: item.id } });
    },
    onError: (error) => {
      const problems = itemProblem(error, words.skuTaken);
      if (problems) form.setErrors(problems);
      else notify.failed(error);
    },
  });
  const openMore = FURTHER.some((name) => form.errors[name] !== undefined);
  const places = warehouses.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Dialog size="lg" onClose={onClose} title={words.newItem}>
      <form noValidate onSubmit={form.onSubmit((draft) => creating.mutate(draft))}>
        <Stack>
          <ItemFields
            draft={form.values}
            inputProps={(name) => form.getInputProps(name)}
            openMore={openMore}
          >
            <div className={classes.pair}>
              <NumberField
                label={words.quantity}
                min={0}
                {...form.getInputProps('quantity')}
                value={form.values.quantity}
              />
              <Select
                label={words.warehouse}
                description={words.firstWarehouseHint}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                allowDeselect={false}
                data={
                  places.some(({ value }) => value === MAIN)
                    ? places
                    : [{ value: '', label: words.mainWarehouse }, ...places]
                }
                {...form.getInputProps('warehouse_id')}
              />
            </div>
          </ItemFields>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" loading={creating.isPending}>
              {words.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
