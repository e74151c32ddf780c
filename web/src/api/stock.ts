import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { ITEMS } from './items';
import { gather } from './pages';

export type StockLine = Schemas['WarehouseStockLine'];

export interface StockFilter {
  location?: string | undefined;
  item?: string | undefined;
}

/** What changes with every movement, wherever it is shown. */
export const warehouseStockKey = (warehouse: string) => [...ITEMS, 'where', warehouse] as const;

/** What is where in a warehouse, by location and item. */
export const warehouseStockQuery = (warehouse: string, filter: StockFilter, count = 50) =>
  infiniteQueryOptions({
    queryKey: [...warehouseStockKey(warehouse), filter, count],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const query = {
            location: filter.location,
            item_id: filter.item,
            limit: Math.min(count, 100),
            cursor,
          };
          const params = { path: { warehouse_id: warehouse }, query };
          const page = await answered(
            api.GET('/warehouses/{warehouse_id}/stock', { params, signal }),
          );
          return { entries: page.balances, next: page.next_cursor };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
