import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from './client';

export type Warehouse = Schemas['Warehouse'];
export type WarehouseSummary = Schemas['WarehouseSummary'];
export type LayoutRow = Schemas['LayoutRowBody'];

export const WAREHOUSES = ['warehouses'] as const;

export const warehouseListQuery = () =>
  infiniteQueryOptions({
    queryKey: [...WAREHOUSES, 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/warehouses', { params: { query: { limit: 100, cursor: pageParam } }, signal }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const warehouseKey = (id: string) => [...WAREHOUSES, 'one', id] as const;

export const warehouseQuery = (id: string) =>
  queryOptions({
    queryKey: warehouseKey(id),
    queryFn: ({ signal }) =>
      answered(
        api.GET('/warehouses/{warehouse_id}', { params: { path: { warehouse_id: id } }, signal }),
      ),
  });

export const createWarehouse = (body: Schemas['WarehouseRequest']) =>
  answered(api.POST('/warehouses', { body }));

export const changeWarehouse = (
  id: string,
  version: number,
  body: Schemas['WarehousePatch'],
): Promise<Warehouse> =>
  answered(
    api.PATCH('/warehouses/{warehouse_id}', {
      params: { path: { warehouse_id: id }, header: ifMatch(version) },
      body,
    }),
  );

export const deleteWarehouse = (id: string) =>
  answered(api.DELETE('/warehouses/{warehouse_id}', { params: { path: { warehouse_id: id } } }));

/** A layout in the form of a rules file: xlsx, csv and the like. */
export function putLayoutFile(id: string, version: number, file: File): Promise<Warehouse> {
  const form = new FormData();
  form.append('rules_file', file);
  return answered(
    api.PUT('/warehouses/{warehouse_id}/layout', {
      params: { path: { warehouse_id: id }, header: ifMatch(version) },
      body: form as never,
      bodySerializer: (body: unknown) => body as FormData,
    }),
  );
}
