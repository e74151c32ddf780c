import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { ITEMS } from './items';
import { gather, type Page } from './pages';

export type StockValue = Schemas['StockValue'];
export type LowStockItem = Schemas['LowStockItem'];
export type AbcList = Schemas['AbcList'];
export type TurnoverList = Schemas['TurnoverList'];
export type SlowList = Schemas['SlowList'];
export type ConsumptionFigures = Schemas['ConsumptionList'];
export type UseOfItem = Schemas['UseOfItem'];
export type OrderFigures = Schemas['OrderFigures'];
export type SupplierFigures = Schemas['SupplierFigures'];

export const GROUPINGS = ['warehouse', 'category', 'supplier', 'type'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export const PERIODS = ['30', '90', '365'] as const;
export type Period = (typeof PERIODS)[number];
export const ABC_CLASSES = ['A', 'B', 'C'] as const;
export type AbcClass = (typeof ABC_CLASSES)[number];
export const IDLE_DAYS = [30, 60, 90, 180, 365] as const;
export type OrderKind = OrderFigures['type'];

/** Which figures are meant: of a warehouse or of all, in a currency or in the commonest. */
export interface FigureFilter {
  warehouse_id?: string | undefined;
  currency?: string | undefined;
}

/** They change with every movement, as what is in stock does. */
export const FIGURES = [...ITEMS, 'figures'] as const;
const FRESH_MS = 30_000;

export const stockValueQuery = (by: Grouping, filter: FigureFilter) =>
  queryOptions({
    queryKey: [...FIGURES, 'value', by, filter],
    queryFn: ({ signal }) => {
      const query = { ...filter, by, limit: 100 };
      return answered(api.GET('/analytics/stock-value', { params: { query }, signal }));
    },
    staleTime: FRESH_MS,
  });

export const orderFiguresQuery = (type: OrderKind, filter: FigureFilter) =>
  queryOptions({
    queryKey: [...FIGURES, 'orders', type, filter],
    queryFn: ({ signal }) => {
      const params = { query: { ...filter, type } };
      return answered(api.GET('/analytics/orders', { params, signal }));
    },
    staleTime: FRESH_MS,
  });

/** A page of a list, and all that stands above it. */
interface ListPage<T, Whole> extends Page<T> {
  whole: Whole;
}

function listQuery<T, Whole extends { next_cursor: string | null }>(
  key: readonly unknown[],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Whole>,
  entries: (whole: Whole) => T[],
) {
  return infiniteQueryOptions({
    queryKey: [...FIGURES, ...key],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }): Promise<ListPage<T, Whole>> => {
      let whole: Whole | undefined;
      const page = await gather(
        async (cursor) => {
          const answer = await read(cursor, signal);
          whole ??= answer;
          return { entries: entries(answer), next: answer.next_cursor };
        },
        { count: COUNT, from: pageParam },
      );
      return { ...page, whole: whole! };
    },
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: FRESH_MS,
  });
}

/** A list as `useInfiniteQuery` takes it. */
export type FigureList<T, Whole extends { next_cursor: string | null }> = ReturnType<
  typeof listQuery<T, Whole>
>;

const COUNT = 50;

export const lowStockQuery = (warehouse_id?: string) =>
  listQuery(
    ['low', warehouse_id],
    (cursor, signal) => {
      const query = { warehouse_id, limit: COUNT, cursor };
      return answered(api.GET('/analytics/low-stock', { params: { query }, signal }));
    },
    ({ items }) => items,
  );

export interface ListFilter extends FigureFilter {
  days: Period;
}

export const abcQuery = (filter: ListFilter, abcClass?: AbcClass) =>
  listQuery(
    ['abc', filter, abcClass],
    (cursor, signal) => {
      const query = { ...filter, class: abcClass, limit: COUNT, cursor };
      return answered(api.GET('/analytics/abc', { params: { query }, signal }));
    },
    ({ items }) => items,
  );

export const turnoverQuery = (filter: ListFilter) =>
  listQuery(
    ['turnover', filter],
    (cursor, signal) => {
      const query = { ...filter, limit: COUNT, cursor };
      return answered(api.GET('/analytics/turnover', { params: { query }, signal }));
    },
    ({ items }) => items,
  );

export const slowMoversQuery = (filter: FigureFilter, idle_days: number) =>
  listQuery(
    ['slow', filter, idle_days],
    (cursor, signal) => {
      const query = { ...filter, idle_days, limit: COUNT, cursor };
      return answered(api.GET('/analytics/slow-movers', { params: { query }, signal }));
    },
    ({ items }) => items,
  );

export const consumptionQuery = (filter: ListFilter) =>
  listQuery(
    ['consumption', filter],
    (cursor, signal) => {
      const query = { ...filter, limit: COUNT, cursor };
      return answered(api.GET('/analytics/consumption', { params: { query }, signal }));
    },
    ({ items }) => items,
  );

export const supplierFiguresQuery = (filter: FigureFilter) =>
  listQuery(
    ['suppliers', filter],
    (cursor, signal) => {
      const query = { ...filter, limit: COUNT, cursor };
      return answered(api.GET('/analytics/suppliers', { params: { query }, signal }));
    },
    ({ suppliers }) => suppliers,
  );
