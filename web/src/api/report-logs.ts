import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type ReportLog = Schemas['ReportLog'];

export interface ReportLogFilter {
  warehouse_id?: string | undefined;
  outcome?: ReportLog['outcome'] | undefined;
}

/** What ran on reports, newest first. */
export const reportLogsQuery = (filter: ReportLogFilter) =>
  infiniteQueryOptions({
    queryKey: ['report-logs', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/report-logs', {
          params: { query: { ...filter, limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
