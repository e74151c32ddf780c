import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { ITEMS } from './items';

export type Count = Schemas['Count'];
export type CountLine = Schemas['CountLineView'];
export type CountSummary = Schemas['CountSummary'];

/** So many places has one count. */
export const MOST_COUNTED = 25;

export const COUNTS = [...ITEMS, 'counts'] as const;

export const countListQuery = (warehouse: string) =>
  infiniteQueryOptions({
    queryKey: [...COUNTS, 'list', warehouse],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/counts', {
          params: { query: { warehouse_id: warehouse, limit: 25, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const countQuery = (id: string) =>
  queryOptions({
    queryKey: [...COUNTS, 'one', id],
    queryFn: ({ signal }) =>
      answered(api.GET('/counts/{count_id}', { params: { path: { count_id: id } }, signal })),
  });

export const openCount = (body: Schemas['CountRequest'], key: string): Promise<Count> =>
  answered(api.POST('/counts', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Every line of it. Raises ApiProblem 409 for one that is posted already. */
export const postCount = (id: string, body: Schemas['CountPosting'], key: string): Promise<Count> =>
  answered(
    api.POST('/counts/{count_id}/post', {
      params: { path: { count_id: id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
