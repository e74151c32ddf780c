import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from './client';
import { gather } from './pages';

export type Report = Schemas['Report'];
export type ReportSummary = Schemas['ReportSummary'];
export type ReportStatus = Schemas['ReportStatus'];
export type ReportPreview = Schemas['ReportPreview'];
export type PreviewColumn = Schemas['PreviewColumn'];
export type PreviewQuestion = Schemas['PreviewQuestion'];
export type RowReceipt = Schemas['RowReceipt'];
export type RuleReceipt = Schemas['RuleReceipt'];
export type MappingRequest = Schemas['MappingRequest'];
export type ReportRequest = Schemas['ReportRequest'];

export interface ReportFilter {
  status?: ReportStatus | undefined;
  warehouse_id?: string | undefined;
}

export const REPORT_STATUSES: readonly ReportStatus[] = [
  'awaiting_upload',
  'queued',
  'needs_mapping',
  'analyzing',
  'ready',
  'failed',
];

export const REPORTS = ['reports'] as const;
const POLL_MS = 1_500;

const UNSETTLED: ReadonlySet<ReportStatus> = new Set(['queued', 'analyzing']);

const UPLOAD_MS = 15 * 60_000;

/** Whether it changes by itself soon. One that needs its mapping, or lost its upload, does not. */
export function isUnderWay(
  report: Pick<Report, 'status' | 'created_at'>,
  now = Date.now(),
): boolean {
  if (report.status === 'awaiting_upload') return now - Date.parse(report.created_at) < UPLOAD_MS;
  return UNSETTLED.has(report.status);
}

/** Whether a list shows its reason. What is asked about columns stands where it is answered. */
export function tellsReason(report: Pick<Report, 'status' | 'created_at'>): boolean {
  return report.status !== 'needs_mapping' && !isUnderWay(report);
}

/** Whether it waits to be told what of its warehouse its file holds. */
export const asksScope = (report: Pick<Report, 'status' | 'asks'>): boolean =>
  report.status === 'needs_mapping' && report.asks.includes('scope');

export const reportKey = (id: string) => [...REPORTS, 'one', id] as const;

/** Asks again by itself while the analysis runs. */
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: reportKey(id),
    queryFn: ({ signal }) =>
      answered(api.GET('/reports/{report_id}', { params: { path: { report_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });

export const previewQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: [...reportKey(id), 'preview', version],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/reports/{report_id}/preview', { params: { path: { report_id: id } }, signal }),
      ),
    staleTime: Infinity,
  });

export const reportListQuery = (filter: ReportFilter = {}, count = 30) =>
  infiniteQueryOptions({
    queryKey: [...REPORTS, 'list', filter, count],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const query = { ...filter, limit: Math.min(count, 100), cursor };
          const page = await answered(api.GET('/reports', { params: { query }, signal }));
          return { entries: page.reports, next: page.next_cursor };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.entries.some((report) => isUnderWay(report)))
        ? 2 * POLL_MS
        : false,
  });

/** Repeated with the same key, it answers the same report. */
export const createReport = (body: ReportRequest, key: string) =>
  answered(api.POST('/reports', { body, params: { header: { 'Idempotency-Key': key } } }));

export const renameReport = (report: Report, name: string) =>
  answered(
    api.PATCH('/reports/{report_id}', {
      params: { path: { report_id: report.id }, header: { 'If-Match': `"${report.version}"` } },
      body: { report_name: name },
    }),
  );

/** Into the warehouse of that id, or out of its own. */
export const moveReport = (report: Report, warehouseId: string | null) =>
  answered(
    api.PATCH('/reports/{report_id}', {
      params: { path: { report_id: report.id }, header: { 'If-Match': `"${report.version}"` } },
      body: { warehouse_id: warehouseId },
    }),
  );

export const deleteReport = (id: string) =>
  answered(api.DELETE('/reports/{report_id}', { params: { path: { report_id: id } } }));

/** For the questions that were seen: where they have been asked anew since, it answers 412. */
export const putMapping = (report: Report, body: MappingRequest) =>
  answered(
    api.PUT('/reports/{report_id}/mapping', {
      params: { path: { report_id: report.id }, header: ifMatch(report.version) },
      body,
    }),
  );

export const reanalyze = (id: string, body: Schemas['Reanalysis']) =>
  answered(
    api.POST('/reports/{report_id}/reanalysis', { params: { path: { report_id: id } }, body }),
  );
