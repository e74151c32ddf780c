import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from './client';
import { gather } from './pages';

export type Item = Schemas['ItemView'];
export type ItemSummary = Schemas['ItemSummary'];
export type ItemStatus = Item['status'];
export type Balance = Schemas['BalanceView'];
export type ItemInWarehouse = Schemas['ItemInWarehouse'];
export type ItemQuantity = Schemas['ItemQuantity'];
export type Lot = Schemas['LotView'];

export const ITEM_STATUSES = [
  'active',
  'pending',
  'completed',
  'archived',
] as const satisfies ItemStatus[];

export const STORAGE_CLASSES = [
  'ambient',
  'chilled',
  'frozen',
  'hazardous',
  'controlled',
] as const satisfies NonNullable<Item['storage_class']>[];

export interface ItemFilter {
  /** A part of the name or of the SKU. */
  q?: string | undefined;
  status?: ItemStatus | undefined;
  category?: string | undefined;
  low_stock?: true | undefined;
}

export const ITEMS = ['items'] as const;

export const itemListQuery = (filter: ItemFilter, count = 50) =>
  infiniteQueryOptions({
    queryKey: [...ITEMS, 'list', filter, count],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const query = { ...filter, limit: count, cursor };
          const page = await answered(api.GET('/items', { params: { query }, signal }));
          return { entries: page.items, next: page.next_cursor };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const itemKey = (id: string) => [...ITEMS, 'one', id] as const;

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: itemKey(id),
    queryFn: ({ signal }) =>
      answered(api.GET('/items/{item_id}', { params: { path: { item_id: id } }, signal })),
  });

/** With a quantity it also makes a receipt. Raises ApiProblem 409 for an SKU that is taken. */
export const createItem = (body: Schemas['ItemRequest'], key: string): Promise<Item> =>
  answered(api.POST('/items', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Raises ApiProblem 412 if the item has changed since. */
export const changeItem = (
  { id, version }: Pick<Item, 'id' | 'version'>,
  body: Schemas['ItemPatch'],
): Promise<Item> =>
  answered(
    api.PATCH('/items/{item_id}', {
      params: { path: { item_id: id }, header: ifMatch(version) },
      body,
    }),
  );

/** Raises ApiProblem 409 for an item with movements, 412 if it has changed since. */
export const deleteItem = ({ id, version }: Pick<Item, 'id' | 'version'>) =>
  answered(
    api.DELETE('/items/{item_id}', {
      params: { path: { item_id: id }, header: ifMatch(version) },
    }),
  );

/** What there is of it where: now, or at an instant. */
export const itemStockQuery = (id: string, at?: string) =>
  queryOptions({
    queryKey: [...itemKey(id), 'stock', at ?? null],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/items/{item_id}/stock', {
          params: { path: { item_id: id }, query: { at, limit: 1 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** Where the newest snapshots of the reader's warehouses have it. Pages may be short. */
export const itemPalletsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...itemKey(id), 'pallets'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/items/{item_id}/pallets', {
          params: { path: { item_id: id }, query: { limit: 20, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const lotsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...itemKey(id), 'lots'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/items/{item_id}/lots', {
          params: { path: { item_id: id }, query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Raises ApiProblem 412 if the lot has changed since. */
export const changeLot = (
  { item_id, lot, version }: Pick<Lot, 'item_id' | 'lot' | 'version'>,
  body: Schemas['LotPatch'],
): Promise<Lot> =>
  answered(
    api.PATCH('/items/{item_id}/lots/{lot}', {
      params: { path: { item_id, lot }, header: ifMatch(version) },
      body,
    }),
  );

export type ScannedItem = Schemas['ScannedItem'];

/** The item of a code as it was scanned. Raises ApiProblem 404 where none has it, 422 for a label
 * that is damaged or names no item. */
export const codeQuery = (code: string) =>
  queryOptions({
    queryKey: [...ITEMS, 'code', code],
    queryFn: ({ signal }) =>
      answered(api.GET('/items/by-code', { params: { query: { code } }, signal })),
    retry: false,
  });
