import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type Export = Schemas['Export'];
export type ExportFormat = Schemas['ExportFormat'];
export type ExportFilter = NonNullable<Schemas['ExportRequest']['filters']>;

export const EXPORT_FORMATS = ['xlsx', 'csv', 'annotated'] as const satisfies ExportFormat[];

export const createExport = (reportId: string, format: ExportFormat, filters: ExportFilter) =>
  answered(
    api.POST('/reports/{report_id}/exports', {
      params: { path: { report_id: reportId } },
      body: { format, filters },
    }),
  );

/** Asks until the file is written, or cannot be. */
export const exportQuery = (reportId: string, exportId: string) =>
  queryOptions({
    queryKey: ['exports', reportId, exportId],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/reports/{report_id}/exports/{export_id}', {
          params: { path: { report_id: reportId, export_id: exportId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data?.status === 'ready' || state.data?.status === 'failed' ? false : 1_000,
  });
