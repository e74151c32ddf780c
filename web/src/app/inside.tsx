import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
  useRouter,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import { SignedOut } from '@/api/problem';
import { session } from '@/api/session/session';
import { Failure, Loading } from '@/ui/states';
import { PageMissing } from './page-missing';

export function RouteError({ error }: ErrorComponentProps) {
  const { invalidate } = useRouter();
  // Asks anew whether there is a session; resetting the boundary would only show the same error.
  return <Failure error={error} retry={() => void invalidate()} page />;
}

/** Where not even the frame around the pages could be shown. */
export function BareError(props: ErrorComponentProps) {
  return (
    <main>
      <RouteError {...props} />
    </main>
  );
}

export const root = createRootRoute({ component: Outlet, notFoundComponent: PageMissing });

/** Without a session, and none to renew, the way leads to sign in. */
export async function requireSession({ location }: { location: { href: string } }) {
  try {
    await session.token();
  } catch (error) {
    if (!(error instanceof SignedOut)) throw error;
    const next = location.href === '/' ? undefined : location.href;
    throw redirect({ to: '/sign-in', search: { next } });
  }
}

const Shell = lazyRouteComponent(() => import('./shell'), 'Shell');

/** Everything behind the door. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: (context) => {
    // On its way while the session is renewed.
    void Shell.preload?.();
    return requireSession(context);
  },
  component: Shell,
  errorComponent: BareError,
  pendingComponent: Loading,
});
