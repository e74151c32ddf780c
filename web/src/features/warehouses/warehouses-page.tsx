import { Button, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconBuildingWarehouse } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '@/api/problem';
import {
  createWarehouse,
  warehouseListQuery,
  WAREHOUSES,
  type WarehouseSummary,
} from '@/api/warehouses';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';
import { LoadMore } from '@/ui/load-more';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { useNotify } from '@/ui/notify';
import { Page } from '@/ui/page';
import { Loaded, Notice } from '@/ui/states';
import { ownTimezone, timezones } from '@/domain/warehouses/timezones';

export function WarehousesPage() {
  const { warehouses: words } = useMessages();
  const [creating, setCreating] = useState(false);
  const query = useInfiniteQuery(warehouseListQuery());
  const all = query.data?.pages.flatMap((page) => page.warehouses);
  const create = <Button onClick={() => setCreating(true)}>{words.create}</Button>;
  return (
    <Page title={words.title} lead={words.lead} actions={create}>
      <Loaded query={{ ...query, data: all }}>
        {(warehouses) =>
          warehouses.length === 0 ? (
            <Notice icon={IconBuildingWarehouse} title={words.emptyTitle}>
              {words.empty}
            </Notice>
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {warehouses.map((warehouse) => (
                <WarehouseCard key={warehouse.id} warehouse={warehouse} />
              ))}
            </SimpleGrid>
          )
        }
      </Loaded>
      <LoadMore query={query} />
      {creating ? <Create onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}

function WarehouseCard({ warehouse }: { warehouse: WarehouseSummary }) {
  const { warehouses: words } = useMessages();
  const format = useFormat();
  return (
    <Card>
      <Stack gap={4}>
        <TextLink to="/w/$warehouse/layout" params={{ warehouse: warehouse.id }} fw={600} fz="lg">
          {warehouse.name}
        </TextLink>
        {warehouse.role === 'owner' ? null : (
          <Text size="sm" fw={500}>
            {words.sharedBy(warehouse.username)}
          </Text>
        )}
        <Text size="sm">
          {warehouse.layout_rows ? words.rows(warehouse.layout_rows) : words.noLayout}
        </Text>
        <Text size="sm" c="dimmed">
          {warehouse.timezone} · {words.changed(format.ago(warehouse.updated_at))}
        </Text>
      </Stack>
    </Card>
  );
}

function Create({ onClose }: { onClose: () => void }) {
  const { warehouses: words, state } = useMessages();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const form = useForm({
    initialValues: { name: '', timezone: ownTimezone() },
    validate: { name: (name) => (name.trim() ? null : state.required) },
  });
  const creation = useMutation({
    mutationFn: createWarehouse,
    onSuccess: async (warehouse) => {
      void queries.invalidateQueries({ queryKey: WAREHOUSES });
      await navigate({
        to: '/w/$warehouse/layout',
        params: { warehouse: warehouse.id },
      });
    },
    onError: (error) => {
      const wrong = error instanceof ApiProblem ? error.errorAt('/name') : undefined;
      if (wrong) form.setFieldError('name', wrong);
      else notify.failed(error);
    },
  });
  return (
    <Dialog onClose={onClose} title={words.createTitle}>
      <form
        onSubmit={form.onSubmit((values) =>
          creation.mutate({ ...values, part_below: 0.5, layout: [] }),
        )}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={words.name}
            maxLength={100}
            {...form.getInputProps('name')}
          />
          <Select
            label={words.timezone}
            description={words.timezoneHint}
            data={timezones()}
            searchable
            allowDeselect={false}
            {...form.getInputProps('timezone')}
          />
          <Button type="submit" loading={creation.isPending} ml="auto">
            {words.create}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
