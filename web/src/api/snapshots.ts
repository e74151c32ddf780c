import { infiniteQueryOptions, queryOptions, type Query } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { WAREHOUSES } from './warehouses';

export type Trends = Schemas['Trends'];
export type TrendPoint = Schemas['TrendPoint'];
export type Utilization = Schemas['Utilization'];
export type Occupancy = Schemas['Occupancy'];
export type OccupancySnapshot = Schemas['OccupancySnapshot'];
export type PalletStay = Schemas['PalletStay'];

/** As many as the API gives at once. */
export const SNAPSHOTS = 20;

const FRESH_MS = 60_000;

/** The trends of whatever warehouses have been read: they count anomalies by status. */
export const TRENDS_READ = {
  predicate: ({ queryKey }: Pick<Query, 'queryKey'>) =>
    queryKey[0] === WAREHOUSES[0] && queryKey.at(-1) === 'trends',
};

export const trendsQuery = (warehouse: string) =>
  queryOptions({
    queryKey: [...WAREHOUSES, 'one', warehouse, 'trends'],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/warehouses/{warehouse_id}/trends', {
          params: { path: { warehouse_id: warehouse }, query: { limit: SNAPSHOTS } },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
  });

export const utilizationQuery = (warehouse: string) =>
  queryOptions({
    queryKey: [...WAREHOUSES, 'one', warehouse, 'utilization'],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/warehouses/{warehouse_id}/utilization', {
          params: { path: { warehouse_id: warehouse }, query: { limit: SNAPSHOTS } },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
  });

export const palletQuery = (warehouse: string, pallet: string) =>
  infiniteQueryOptions({
    queryKey: [...WAREHOUSES, 'one', warehouse, 'pallet', pallet],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/pallets/{pallet_id}', {
          params: {
            path: { pallet_id: pallet },
            query: { warehouse_id: warehouse, limit: SNAPSHOTS, cursor: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
