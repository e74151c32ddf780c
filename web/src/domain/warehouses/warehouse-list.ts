import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { warehouseListQuery } from '@/api/warehouses';

/** One's own and shared warehouses, while they load and after; up to a hundred are known here. */
export function useWarehouseList() {
  const query = useInfiniteQuery(warehouseListQuery());
  const data = useMemo(() => query.data?.pages.flatMap((page) => page.warehouses), [query.data]);
  return { data, error: query.error, refetch: query.refetch };
}

export function useWarehouses() {
  const { data } = useWarehouseList();
  return useMemo(() => data ?? [], [data]);
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
