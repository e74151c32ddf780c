import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { gather } from './pages';

export type Anomaly = Schemas['Anomaly'];
export type AnomalyDetail = Schemas['AnomalyDetail'];
export type Priority = Schemas['Priority'];
export type Status = Schemas['Status'];
export type Evidence = Schemas['Evidence'];
export type Cost = Schemas['Cost'];
export type HistoryEntry = Schemas['HistoryEntry'];
export type Reason = Schemas['Reason'];
export type Verdict = Exclude<Reason, 'vanished'>;

/** Most urgent first, and in the order in which work goes. */
export const PRIORITIES = ['Very High', 'High', 'Medium', 'Low'] as const satisfies Priority[];
export const STATUSES = [
  'New',
  'Acknowledged',
  'In Progress',
  'Resolved',
] as const satisfies Status[];

export const OPEN_STATUSES = STATUSES.filter((status) => status !== 'Resolved');
/** Why a person resolves an anomaly; what they say feeds the precision of its rule. */
export const VERDICTS = [
  'real',
  'false_positive',
  'data_error',
  'accepted',
] as const satisfies Verdict[];

/** The API's limit for one bulk change. */
export const BULK_LIMIT = 500;
/** What the API calls the place of what has none. */
export const NO_LOCATION = '(no location)';

export interface AnomalyFilter {
  report_id?: string | undefined;
  warehouse_id?: string | undefined;
  /** One of these. */
  status?: Status[] | undefined;
  priority?: Priority | undefined;
  rule?: string | undefined;
  location?: string | undefined;
  assignee?: string | undefined;
  /** Due on an earlier day. */
  due_before?: string | undefined;
  reason?: Reason | undefined;
}

/** What a list has, and which end of it comes first; most urgent first where nothing is said. */
export interface AnomalyList extends AnomalyFilter {
  order?: Schemas['Order'] | undefined;
  /** One line per subject: without companions whose lead is in the list. */
  grouped?: boolean | undefined;
}

export const ANOMALIES = ['anomalies'] as const;

export const anomalyListQuery = (list: AnomalyList, count = 100) =>
  infiniteQueryOptions({
    queryKey: [...ANOMALIES, 'list', list, count],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const query = { ...list, limit: Math.min(count, 100), cursor };
          const page = await answered(api.GET('/anomalies', { params: { query }, signal }));
          return { entries: page.anomalies, next: page.next_cursor, leftOut: page.left_out };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    // Rows are kept up to date one by one: reading 200 pages again for one change helps nobody.
    staleTime: 5 * 60_000,
  });

export const anomalyKey = (id: string) => [...ANOMALIES, 'one', id] as const;

export const anomalyQuery = (id: string) =>
  queryOptions({
    queryKey: anomalyKey(id),
    queryFn: ({ signal }) =>
      answered(
        api.GET('/anomalies/{anomaly_id}', { params: { path: { anomaly_id: id } }, signal }),
      ),
  });

export interface StatusChange {
  status: Status;
  /** Only with Resolved. */
  reason?: Verdict | undefined;
  comment?: string | undefined;
  /** The open ones about the same subject as well. */
  companions?: boolean | undefined;
}

/** What is left out stays; null takes it away. */
export interface Assignment {
  assignee?: string | null;
  due_date?: string | null;
  companions?: boolean;
}

const seen = (version: number | undefined) =>
  version === undefined ? {} : { 'If-Match': `"${version}"` };

const bodyOf = ({ status, reason, comment, companions = false }: StatusChange) => ({
  status,
  ...(reason ? { reason } : {}),
  ...(comment ? { comment } : {}),
  companions,
});

/** `version` is what the person has seen; another one's change since then answers 412. */
export const changeStatus = (id: string, change: StatusChange, version?: number) =>
  answered(
    api.POST('/anomalies/{anomaly_id}/status', {
      params: { path: { anomaly_id: id }, header: seen(version) },
      body: bodyOf(change),
    }),
  );

export const assignAnomaly = (id: string, body: Assignment, version?: number) =>
  answered(
    api.PATCH('/anomalies/{anomaly_id}', {
      params: { path: { anomaly_id: id }, header: seen(version) },
      body: { companions: false, ...body },
    }),
  );

export const commentOn = (id: string, comment: string) =>
  answered(
    api.POST('/anomalies/{anomaly_id}/comments', {
      params: { path: { anomaly_id: id } },
      body: { comment },
    }),
  );

export interface BulkResult {
  updated: number;
  failed: Schemas['BulkFailure'][];
}

/** Many at once, in as many calls as the API's limit asks for. */
export const changeStatuses = (ids: readonly string[], change: StatusChange) =>
  inBatches(ids, (batch) =>
    answered(api.POST('/anomalies/status', { body: { ids: batch, ...bodyOf(change) } })),
  );

export const assignMany = (ids: readonly string[], change: Assignment) =>
  inBatches(ids, (batch) =>
    answered(api.PATCH('/anomalies', { body: { ids: batch, companions: false, ...change } })),
  );

async function inBatches(
  ids: readonly string[],
  send: (batch: string[]) => Promise<Schemas['BulkChanged']>,
): Promise<BulkResult> {
  const result: BulkResult = { updated: 0, failed: [] };
  for (let start = 0; start < ids.length; start += BULK_LIMIT) {
    const done = await send(ids.slice(start, start + BULK_LIMIT));
    result.updated += done.updated;
    result.failed.push(...done.failed);
  }
  return result;
}
