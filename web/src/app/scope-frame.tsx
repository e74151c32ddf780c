import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from '@/api/session/session';
import { rememberScope, useChosenWarehouse, useScope } from '@/domain/warehouses/scope';
import { Failure } from '@/ui/states';

/** What surrounds the screens of a warehouse: they are not there where it is not. */
export function ScopeFrame() {
  const scope = useScope();
  const username = useSession()?.username;
  const { data, error, refetch, id } = useChosenWarehouse();
  const known = id === undefined || data !== undefined;
  useEffect(() => {
    if (known && username) rememberScope(localStorage, username, scope);
  }, [known, scope, username]);
  if (error) return <Failure error={error} retry={() => void refetch()} page />;
  return <Outlet />;
}
