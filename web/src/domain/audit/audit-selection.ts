import type { AuditFilter } from '@/api/audit';

/** What the address says of the list; `from` and `to` are calendar days, `2026-03-31`. */
export interface AuditSearch {
  user?: string | undefined;
  action?: string | undefined;
  object?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** The filter of the API for what the address says: days begin and end where the reader is. */
export function filterOf(search: AuditSearch): AuditFilter {
  return {
    user: search.user,
    action: search.action,
    object: search.object,
    from: moment(search.from, '00:00:00.000'),
    to: moment(search.to, '23:59:59.999'),
  };
}

function moment(day: string | undefined, time: string): string | undefined {
  if (!day) return undefined;
  const at = new Date(`${day}T${time}`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
