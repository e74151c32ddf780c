import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { ITEMS } from './items';
import { gather } from './pages';

export type Consumption = Schemas['Consumption'];
export type ConsumptionRequest = Schemas['ConsumptionRequest'];
export type ConsumptionRates = Schemas['ConsumptionRates'];
export type Rate = Schemas['Rate'];

export interface ConsumptionFilter {
  item?: string | undefined;
  purpose?: string | undefined;
  person?: string | undefined;
  /** Days, as ISO 8601 dates. */
  from?: string | undefined;
  to?: string | undefined;
}

/** It changes with stock, wherever that is moved. */
const CONSUMPTION = [...ITEMS, 'consumption'] as const;

const dayStart = (day: string) => new Date(`${day}T00:00:00`).toISOString();
const dayEnd = (day: string) => new Date(`${day}T23:59:59.999`).toISOString();

/** The filter as the API has it: days begin and end by the reader's clock. */
export const momentsOf = ({ from, to }: ConsumptionFilter) => ({
  from: from ? dayStart(from) : undefined,
  to: to ? dayEnd(to) : undefined,
});

/** Newest first, in a warehouse or in all. */
export const consumptionQuery = (
  warehouse: string | undefined,
  filter: ConsumptionFilter,
  count = 25,
) =>
  infiniteQueryOptions({
    queryKey: [...CONSUMPTION, 'list', warehouse ?? null, filter, count],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const query = {
            warehouse_id: warehouse,
            item_id: filter.item,
            purpose: filter.purpose,
            by: filter.person,
            ...momentsOf(filter),
            limit: count,
            cursor,
          };
          const page = await answered(api.GET('/consumption', { params: { query }, signal }));
          return { entries: page.consumption, next: page.next_cursor };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** How much is used, of an item or for a purpose; in the last four weeks if no days are given. */
export const ratesQuery = (warehouse: string | undefined, filter: ConsumptionFilter) =>
  queryOptions({
    queryKey: [...CONSUMPTION, 'rates', warehouse ?? null, filter],
    queryFn: ({ signal }) => {
      const { item, purpose, from, to } = filter;
      const query = { warehouse_id: warehouse, item_id: item, purpose, from, to };
      return answered(api.GET('/consumption/rates', { params: { query }, signal }));
    },
  });

/** Raises ApiProblem 409 where there is too little. */
export const logConsumption = (body: ConsumptionRequest, key: string): Promise<Consumption> =>
  answered(api.POST('/consumption', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Makes the counter-entry; all of it is put back unless a quantity is given. Raises ApiProblem 409
 * if there is one already. */
export const correctConsumption = (
  id: string,
  body: Schemas['CorrectionRequest'],
  key: string,
): Promise<Consumption> =>
  answered(
    api.POST('/consumption/{consumption_id}/correction', {
      params: { path: { consumption_id: id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
