import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { reportQuery, type Report } from '@/api/reports';
import { useSession } from '@/api/session/session';
import { membersQuery } from '@/api/members';
import type { Warehouse } from '@/api/warehouses';
import { mayConfigure as roleMayConfigure } from '@/domain/warehouses/membership-role';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';

/** What a person is to a warehouse and what belongs to it; null for one whom it is not known of. */
export type MembershipRole = Warehouse['role'] | null;

/** Status, assignee, due date, comments; to send and analyze reports. */
export const mayWork = (membershipRole: MembershipRole): boolean =>
  membershipRole !== null && membershipRole !== 'viewer';
/** Layout, rules, suppressions; to delete reports. */
export const mayConfigure = (membershipRole: MembershipRole): boolean =>
  membershipRole !== null && roleMayConfigure(membershipRole);

type Owned = Pick<Report, 'username' | 'warehouse_id'>;

function useRoleOf(): (report: Owned | undefined) => MembershipRole {
  const session = useSession();
  const warehouses = useWarehouses();
  return (report) => {
    if (!session || !report) return null;
    if (session.role === 'admin') return 'admin';
    if (report.username === session.username) return 'owner';
    return warehouses.find(({ id }) => id === report.warehouse_id)?.role ?? null;
  };
}

export function useReportRole(report: Owned | undefined): MembershipRole {
  return useRoleOf()(report);
}

/** For anomalies of several reports: what one may do with each. */
export function useReportRoles(reportIds: readonly string[]): ReadonlyMap<string, MembershipRole> {
  const roleOf = useRoleOf();
  const reports = useQueries({ queries: reportIds.map((id) => reportQuery(id)) });
  return new Map(reportIds.map((id, index) => [id, roleOf(reports[index]?.data)]));
}

/** Who can be given an anomaly of the report: the reader first, then everybody who works there. */
export function usePeople(report: Owned | undefined): string[] {
  const session = useSession();
  const warehouseId = report?.warehouse_id;
  const owner = useWarehouses().find(({ id }) => id === warehouseId)?.username;
  const members = useInfiniteQuery({
    ...membersQuery(warehouseId ?? ''),
    enabled: Boolean(warehouseId),
  });
  return useMemo(() => {
    if (!report) return [];
    const known = members.data?.pages.flatMap((page) => page.members) ?? [];
    const working = known.filter(({ role }) => role !== 'viewer').map(({ username }) => username);
    const all = new Set([report.username, ...(owner ? [owner] : []), ...working.sort()]);
    const me = session?.username;
    return me && all.has(me) ? [me, ...[...all].filter((name) => name !== me)] : [...all];
  }, [report, members.data, owner, session]);
}

export function useReport(reportId: string): Report | undefined {
  return useQuery(reportQuery(reportId)).data;
}
