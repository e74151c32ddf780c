import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type ListExport = Schemas['CatalogExport'];
export type ListName = Schemas['ListName'];
export type ListFormat = Schemas['TableFormat'];
export type ListFilter = NonNullable<Schemas['CatalogExportRequest']['filters']>;

export const LIST_FORMATS = ['xlsx', 'csv'] as const satisfies ListFormat[];

export const createListExport = (list: ListName, format: ListFormat, filters: ListFilter) =>
  answered(api.POST('/items/exports', { body: { list, format, filters } }));

/** Asks until the file is written, or cannot be. */
export const listExportQuery = (exportId: string) =>
  queryOptions({
    queryKey: ['list-exports', exportId],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/items/exports/{export_id}', {
          params: { path: { export_id: exportId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data?.status === 'ready' || state.data?.status === 'failed' ? false : 1_000,
  });
