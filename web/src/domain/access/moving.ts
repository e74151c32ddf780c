import type { Role } from '@/api/users';
import type { WarehouseSummary } from '@/api/warehouses';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { mayMoveStock, useCompanyRole } from './company-role';

/** The company's own: there the roles in the company hold. */
const MAIN = 'wh_main';

/** Whether somebody may move stock in a warehouse, of the `own` that they are a member of. */
export function mayMoveIn(
  warehouse: string,
  role: Role | undefined,
  own: readonly Pick<WarehouseSummary, 'id' | 'role'>[],
): boolean {
  if (!mayMoveStock(role)) return false;
  if (role === 'admin' || warehouse === MAIN) return true;
  return own.some(({ id, role: there }) => id === warehouse && there !== 'viewer');
}

/** The same for the reader. */
export function useMayMoveIn(): (warehouse: string) => boolean {
  const role = useCompanyRole();
  const own = useWarehouses();
  return (warehouse) => mayMoveIn(warehouse, role, own);
}
