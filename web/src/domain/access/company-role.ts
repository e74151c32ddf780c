import { useSession } from '@/api/session/session';
import { ROLES, type Role } from '@/api/users';

const atLeast = (role: Role | undefined, least: Role): boolean =>
  role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(least);

/** Items, and what there is of them: not for members, who have their own warehouses only. */
export const mayReadCatalog = (role: Role | undefined): boolean => atLeast(role, 'viewer');
/** Receive, issue and adjust, in the warehouses where one works. */
export const mayMoveStock = (role: Role | undefined): boolean => atLeast(role, 'operator');
/** Create and change items and what they refer to. */
export const mayManageCatalog = (role: Role | undefined): boolean => atLeast(role, 'manager');

export const useCompanyRole = (): Role | undefined => useSession()?.role;
