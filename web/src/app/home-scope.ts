import { reportListQuery } from '@/api/reports';
import { session } from '@/api/session/session';
import { warehouseListQuery } from '@/api/warehouses';
import { firstScope, recallScope } from '@/domain/warehouses/scope';
import { queryClient } from './query-client';

/** The scope in which one begins. Raises what reading the lists raises. */
export async function homeScope(): Promise<string> {
  const remembered = recallScope(localStorage, session.current?.username ?? '');
  const { pages } = await queryClient.fetchInfiniteQuery(warehouseListQuery());
  const warehouses = pages.flatMap((page) => page.warehouses);
  if (warehouses.some(({ id }) => id === remembered)) {
    return firstScope(remembered, warehouses, []);
  }
  const reports = await queryClient.fetchInfiniteQuery(reportListQuery());
  return firstScope(
    remembered,
    warehouses,
    reports.pages.flatMap((page) => page.entries),
  );
}
