import { Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { warehouseListQuery, type WarehouseSummary } from '@/api/warehouses';

/** The names of one's warehouses by id; up to a hundred are known here. */
export function useWarehouses() {
  const query = useInfiniteQuery(warehouseListQuery());
  return useMemo(() => query.data?.pages.flatMap((page) => page.warehouses) ?? [], [query.data]);
}

export function useWarehouseName(): (id: string | null | undefined) => string | undefined {
  const warehouses = useWarehouses();
  return (id) => warehouses.find((warehouse) => warehouse.id === id)?.name;
}

/** In which zone a warehouse's times are told; without a warehouse, as reports are, in UTC. */
export function useWarehouseZone(): (id: string | null | undefined) => string {
  const warehouses = useWarehouses();
  return (id) => warehouses.find((warehouse) => warehouse.id === id)?.timezone ?? 'UTC';
}

interface WarehouseSelectProps {
  label?: string;
  'aria-label'?: string;
  description?: string;
  /** What choosing none is called. */
  none: string;
  /** Which of them are offered; all of them if left out. */
  offer?: (warehouse: WarehouseSummary) => boolean;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

export function WarehouseSelect({ none, offer, value, onChange, ...rest }: WarehouseSelectProps) {
  const all = useWarehouses();
  const warehouses = offer ? all.filter(offer) : all;
  return (
    <Select
      {...rest}
      data={[
        { value: '', label: none },
        ...warehouses.map((warehouse) => ({ value: warehouse.id, label: warehouse.name })),
      ]}
      value={value ?? ''}
      onChange={(id) => onChange(id || undefined)}
      allowDeselect={false}
      searchable={warehouses.length > 8}
    />
  );
}
