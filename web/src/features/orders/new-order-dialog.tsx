import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { suppliersQuery } from '@/api/catalog';
import { RequestKeys } from '@/api/idempotency';
import { createOrder, ORDER_TYPES, ORDERS, orderQuery } from '@/api/orders';
import { fieldProblems } from '@/api/problem';
import { useScope, warehouseOf } from '@/domain/warehouses/scope';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useMessages } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { LineFields } from './line-fields';
import { EMPTY_LINE, lineProblems, orderOf, type NewOrderDraft } from './order-draft';

/** Draws up an order with its first line; the others follow on its page. */
export function NewOrderDialog({ onClose }: { onClose: () => void }) {
  const words = useOrderWords();
  const { action, state } = useMessages();
  const suppliers = (useQuery(suppliersQuery()).data ?? []).filter(({ archived }) => !archived);
  const warehouses = useWarehouses();
  const scope = warehouseOf(useScope());
  const first = warehouses.find(({ id }) => id === scope) ?? warehouses[0];
  const form = useForm<NewOrderDraft>({
    initialValues: {
      ...EMPTY_LINE,
      type: 'purchase',
      supplier_id: '',
      customer: '',
      warehouse_id: first?.id ?? '',
    },
    validate: {
      supplier_id: (id, { type }) => (type === 'sales' || id ? null : words.chooseSupplier),
      customer: (name, { type }) => (type === 'purchase' || name.trim() ? null : state.required),
      item_id: (id) => (id ? null : words.chooseItem),
      quantity: (quantity) => (quantity !== '' && quantity > 0 ? null : words.aboveZero),
    },
  });
  const making = useMaking(form, onClose);
  const { type } = form.values;
  return (
    <Dialog onClose={onClose} title={words.newTitle}>
      <form noValidate onSubmit={form.onSubmit((draft) => making.mutate(draft))}>
        <Stack>
          <Text size="sm" c="dimmed">
            {words.newLead}
          </Text>
          <SegmentedControl
            aria-label={words.whichType}
            data={ORDER_TYPES.map((value) => ({ value, label: words.type[value] }))}
            {...form.getInputProps('type')}
          />
          {type === 'purchase' ? (
            <Select
              label={words.supplier}
              placeholder={suppliers.length > 0 ? words.chooseSupplier : words.noSuppliers}
              searchable={suppliers.length > 8}
              allowDeselect={false}
              data={suppliers.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.getInputProps('supplier_id')}
            />
          ) : (
            <TextInput
              label={words.customer}
              maxLength={200}
              autoComplete="off"
              {...form.getInputProps('customer')}
            />
          )}
          {warehouses.length > 1 ? (
            <Select
              label={words.warehouse}
              placeholder={words.chooseWarehouse}
              searchable={warehouses.length > 8}
              allowDeselect={false}
              data={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.getInputProps('warehouse_id')}
            />
          ) : null}
          <LineFields
            choose
            form={form}
            supplierId={type === 'purchase' ? form.values.supplier_id : undefined}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" loading={making.isPending}>
              {words.make}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function useMaking(form: UseFormReturnType<NewOrderDraft>, onClose: () => void) {
  const words = useOrderWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const [keys] = useState(() => new RequestKeys());
  return useMutation({
    mutationFn: (draft: NewOrderDraft) => {
      const body = orderOf(draft);
      return keys.send(body, (key) => createOrder(body, key));
    },
    onSuccess: async (order) => {
      queries.setQueryData(orderQuery(order.id).queryKey, order);
      notify.done(words.made(order.internal_number));
      onClose();
      void queries.invalidateQueries({ queryKey: ORDERS });
      await navigate({ to: '/orders/$orderId', params: { orderId: order.id } });
    },
    onError: (error) => {
      const problems = fieldProblems(error, Object.keys(form.values)) ?? lineProblems(error);
      if (problems) form.setErrors(problems);
      else notify.failed(error);
    },
  });
}
