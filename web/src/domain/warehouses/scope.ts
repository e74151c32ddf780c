import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { reportQuery } from '@/api/reports';
import { useSession } from '@/api/session/session';
import { warehouseQuery, type WarehouseSummary } from '@/api/warehouses';
import { useWarehouseList } from './warehouse-list';

/** What stands in an address for all warehouses, and for what is of none. */
export const ALL = 'all';

/** The warehouse of a scope, and no warehouse where it is all of them. */
export const warehouseOf = (scope: string): string | undefined =>
  scope === ALL ? undefined : scope;

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/** By person: whoever else signs in at this browser works elsewhere. */
const keyOf = (username: string) => `stockwarden-warehouse-${username}`;

export function recallScope(shelf: Shelf, username: string): string | null {
  try {
    return shelf.getItem(keyOf(username));
  } catch {
    // Storage that is switched off remembers nothing.
    return null;
  }
}

export function rememberScope(shelf: Shelf, username: string, scope: string): void {
  try {
    shelf.setItem(keyOf(username), scope);
  } catch {
    // As above; the address still has it.
  }
}

interface Dated {
  status: string;
  warehouse_id?: string | null;
}

/**
 * Where one begins: the warehouse of the last visit, else that of the newest report, else the first.
 * Reports are newest first; those of a deleted warehouse count as of none.
 */
export function firstScope(
  remembered: string | null,
  warehouses: readonly { id: string }[],
  reports: readonly Dated[],
): string {
  const known = new Set(warehouses.map(({ id }) => id));
  if (remembered !== null && known.has(remembered)) return remembered;
  const newest = reports.find(({ status }) => status === 'ready');
  if (newest) {
    return newest.warehouse_id && known.has(newest.warehouse_id) ? newest.warehouse_id : ALL;
  }
  return warehouses[0]?.id ?? ALL;
}

/**
 * The id of the warehouse that the screen is about, or ALL. The address says it; a report says it
 * itself; elsewhere it is where one was last.
 */
export function useScope(): string {
  const { warehouse, reportId } = useParams({ strict: false });
  const session = useSession();
  const list = useWarehouseList();
  const report = useQuery({ ...reportQuery(reportId ?? ''), enabled: reportId !== undefined });
  if (warehouse !== undefined) return warehouse;
  const id =
    reportId !== undefined && report.data
      ? report.data.warehouse_id
      : recallScope(localStorage, session?.username ?? '');
  // It may have been deleted since.
  const known = session?.role === 'admin' || !list.data || list.data.some((one) => one.id === id);
  return id && known ? id : ALL;
}

/** The warehouse of the scope; without data where the scope is all. Admins see any by its id. */
export function useChosenWarehouse() {
  const id = warehouseOf(useScope());
  const list = useWarehouseList();
  const listed = list.data?.find((warehouse) => warehouse.id === id);
  const single = useQuery({
    ...warehouseQuery(id ?? ''),
    enabled: id !== undefined && list.data !== undefined && listed === undefined,
  });
  const data: WarehouseSummary | undefined = listed ?? (id ? single.data : undefined);
  return {
    id,
    data,
    error: id === undefined || data ? null : (list.error ?? single.error),
    refetch: list.error ? list.refetch : single.refetch,
  };
}

/** The scope of the ways from here: where the warehouse of the address is not there, all of them. */
export function useReachableScope(): string {
  const scope = useScope();
  const { error } = useChosenWarehouse();
  return error ? ALL : scope;
}

/**
 * Where a new analysis is of: the warehouse, if one may send to it, else undefined. With all
 * warehouses it is the only one to which one may send, or none of them.
 */
export function useNewAnalysisScope(): string | undefined {
  const scope = useReachableScope();
  const chosen = useChosenWarehouse();
  const list = useWarehouseList();
  if (scope !== ALL) return chosen.data?.role === 'viewer' ? undefined : scope;
  const workable = list.data?.filter(({ role }) => role !== 'viewer') ?? [];
  return (workable.length === 1 && workable[0]?.id) || ALL;
}
