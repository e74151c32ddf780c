import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lowStockQuery } from '@/api/analytics';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useFigureWords } from '@/i18n/analytics';
import { LoadedList } from '@/ui/loaded-list';
import { Notice } from '@/ui/states';
import { AsOf, FigureFilters } from './figure-filters';
import { LowTable } from './low-table';
import { suggestedOrders } from './suggested-orders';
import { useDrawing } from './use-drawing';
import { useFigures } from './use-figures';

/** What is low, and the way to orders of it. */
export function LowSection() {
  const words = useFigureWords();
  const { search } = useFigures();
  const mayOrder = mayManageCatalog(useCompanyRole());
  const query = useInfiniteQuery(lowStockQuery(search.warehouse));
  const warehouses = useWarehouses();
  const [picked, setPicked] = useState<string>();
  const warehouse = picked ?? search.warehouse ?? warehouses[0]?.id;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (ids: readonly string[], isChosen: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      for (const id of ids)
        if (isChosen) after.add(id);
        else after.delete(id);
      return after;
    });
  const drawing = useDrawing((ids) => choose(ids, false));
  return (
    <Stack gap="md">
      <Text c="dimmed">{words.low.lead}</Text>
      <FigureFilters />
      <LoadedList
        query={query}
        empty={
          <Notice icon={IconCircleCheck} title={words.low.allFine}>
            {words.low.allFineText}
          </Notice>
        }
      >
        {(low) => {
          const items = low.filter(({ item_id }) => chosen.has(item_id));
          const orders = suggestedOrders(items, warehouse);
          return (
            <>
              {mayOrder ? (
                <Group justify="space-between" gap="xs" align="flex-end">
                  <Text size="sm" role="status">
                    {words.low.chosenCount(items.length)}
                  </Text>
                  <Group gap="xs" align="flex-end">
                    {warehouses.length > 1 ? (
                      <Select
                        label={words.low.into}
                        allowDeselect={false}
                        searchable={warehouses.length > 8}
                        data={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
                        value={warehouse ?? null}
                        onChange={(id) => setPicked(id ?? undefined)}
                      />
                    ) : null}
                    <Button
                      disabled={orders.length === 0}
                      loading={drawing.isPending}
                      onClick={() => drawing.mutate(orders)}
                    >
                      {words.low.draw(Math.max(orders.length, 1))}
                    </Button>
                  </Group>
                </Group>
              ) : null}
              <LowTable
                items={low}
                chosen={chosen}
                acts={
                  mayOrder
                    ? {
                        onChoose: choose,
                        onOrder: (item) => drawing.mutate(suggestedOrders([item], warehouse)),
                        isDrawing: drawing.isPending,
                      }
                    : undefined
                }
              />
              <AsOf at={query.data?.pages[0]?.whole.as_of ?? null} />
            </>
          );
        }}
      </LoadedList>
    </Stack>
  );
}
