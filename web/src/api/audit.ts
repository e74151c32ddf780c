import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type AuditEntry = Schemas['AuditEntry'];

export interface AuditFilter {
  warehouse_id?: string;
  user?: string;
}

type Page = Schemas['AuditEntryPage'];

const options = (
  key: readonly unknown[],
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>,
) =>
  infiniteQueryOptions({
    queryKey: ['audit', ...key],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    getNextPageParam: (page: Page) => page.next_cursor ?? undefined,
  });

/** Who changed what, newest first: of a warehouse, or of the company. */
export const auditQuery = (filter: AuditFilter) =>
  options(['log', filter], (cursor, signal) =>
    answered(
      api.GET('/audit-logs', { params: { query: { ...filter, limit: 50, cursor } }, signal }),
    ),
  );

/** Sign-ins, refusals and changes of passwords, of all accounts; for administrators. */
export const securityEventsQuery = () =>
  options(['security'], (cursor, signal) =>
    answered(api.GET('/security/events', { params: { query: { limit: 50, cursor } }, signal })),
  );

/** The same of the reader's own account. */
export const ownSecurityEventsQuery = () =>
  options(['own-security'], (cursor, signal) =>
    answered(
      api.GET('/users/me/security-events', { params: { query: { limit: 20, cursor } }, signal }),
    ),
  );
