import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type Suppression = Schemas['SuppressionView'];
export type SuppressionRequest = Schemas['SuppressionRequest'];

/** The API's limit: nothing is hidden for longer without a person who looks at it again. */
export const LONGEST_DAYS = 180;

export const SUPPRESSIONS = ['suppressions'] as const;

/** Those of a warehouse; without one, one's own for reports that belong to none. */
export const suppressionsQuery = (warehouse: string | null | undefined) =>
  infiniteQueryOptions({
    queryKey: [...SUPPRESSIONS, 'list', warehouse ?? null],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/suppressions', {
          params: { query: { warehouse_id: warehouse ?? undefined, limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const suppress = (body: SuppressionRequest) => answered(api.POST('/suppressions', { body }));

export const deleteSuppression = (id: string) =>
  answered(
    api.DELETE('/suppressions/{suppression_id}', { params: { path: { suppression_id: id } } }),
  );
