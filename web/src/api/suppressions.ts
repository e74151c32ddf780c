import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type Suppression = Schemas['SuppressionView'];

export const SUPPRESSIONS = ['suppressions'] as const;

export const suppressionsQuery = (warehouse: string) =>
  infiniteQueryOptions({
    queryKey: [...SUPPRESSIONS, 'list', warehouse],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/suppressions', {
          params: { query: { warehouse_id: warehouse, limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const deleteSuppression = (id: string) =>
  answered(
    api.DELETE('/suppressions/{suppression_id}', { params: { path: { suppression_id: id } } }),
  );
