import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { gather } from './pages';

export type AuditEntry = Schemas['AuditEntry'];
export type AuditExport = Schemas['AuditExport'];
export type AuditExportFormat = Schemas['AuditExportFormat'];
export type SealedChain = Schemas['SealedChain'];
export type VerifiedChain = Schemas['VerifiedChain'];

export const AUDIT_EXPORT_FORMATS = ['xlsx', 'csv', 'jsonl'] as const satisfies AuditExportFormat[];

/** What entries are asked for: an entry has to match all that is given. */
export interface AuditFilter {
  warehouse_id?: string | undefined;
  user?: string | undefined;
  action?: string | undefined;
  /** `<type>/<id>`, or `<type>/` for all of a type. */
  object?: string | undefined;
  /** Moments in ISO 8601, inclusive. */
  from?: string | undefined;
  to?: string | undefined;
}

const options = (
  key: readonly unknown[],
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Schemas['AuditEntryPage']>,
  count: number,
) =>
  infiniteQueryOptions({
    queryKey: ['audit', ...key],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const page = await load(cursor, signal);
          return { entries: page.entries, next: page.next_cursor };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Who changed what, newest first: of a warehouse, or of the company. */
export const auditQuery = (filter: AuditFilter, count = 50) =>
  options(
    ['log', filter, count],
    (cursor, signal) =>
      answered(
        api.GET('/audit-logs', { params: { query: { ...filter, limit: count, cursor } }, signal }),
      ),
    count,
  );

/** Sign-ins, refusals and changes of passwords, of all accounts; for administrators. */
export const securityEventsQuery = () =>
  options(
    ['security'],
    (cursor, signal) =>
      answered(api.GET('/security/events', { params: { query: { limit: 50, cursor } }, signal })),
    50,
  );

/** The same of the reader's own account. */
export const ownSecurityEventsQuery = () =>
  options(
    ['own-security'],
    (cursor, signal) =>
      answered(
        api.GET('/users/me/security-events', { params: { query: { limit: 20, cursor } }, signal }),
      ),
    20,
  );

/** How far each chain is sealed, and what its last verification found; for administrators. */
export const chainsQuery = () =>
  queryOptions({
    queryKey: ['audit-chains'],
    queryFn: ({ signal }) => answered(api.GET('/audit-logs/verification', { signal })),
  });

/** Computes a chain anew, and answers as `chainsQuery` does. */
export const verifyChain = (scope: string) =>
  answered(api.GET('/audit-logs/verification', { params: { query: { scope } } }));

export const createAuditExport = (format: AuditExportFormat, filters: AuditFilter) =>
  answered(api.POST('/audit-logs/exports', { body: { format, filters } }));

/** Asks until the file is written, or cannot be. */
export const auditExportQuery = (exportId: string) =>
  queryOptions({
    queryKey: ['audit-exports', exportId],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/audit-logs/exports/{export_id}', {
          params: { path: { export_id: exportId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data?.status === 'ready' || state.data?.status === 'failed' ? false : 1_000,
  });
