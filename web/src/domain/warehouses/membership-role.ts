import type { Warehouse } from '@/api/warehouses';

export type WarehouseRole = Warehouse['role'];

/** May set its layout, rules, costs, suppressions and members. */
export const mayConfigure = (role: WarehouseRole): boolean =>
  role === 'manager' || role === 'owner' || role === 'admin';

/** May also delete it, and make managers. */
export const mayOwn = (role: WarehouseRole): boolean => role === 'owner' || role === 'admin';
