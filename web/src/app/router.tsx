import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
  rootRouteId,
  useRouter,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import { SignedOut } from '@/api/problem';
import { session } from '@/api/session/session';
import { Failure, Loading } from '@/ui/states';
import { PageMissing } from './page-missing';
import {
  anomaliesSearch,
  ofWarehouse,
  registerSearch,
  reportSearch,
  reportsSearch,
  rulesSearch,
  signInSearch,
  usersSearch,
  warehouseSearch,
} from './search';
import { Shell } from './shell';

function RouteError({ error }: ErrorComponentProps) {
  const { invalidate } = useRouter();
  // Asks anew whether there is a session; resetting the boundary would only show the same error.
  return <Failure error={error} retry={() => void invalidate()} page />;
}

/** Where not even the frame around the pages could be shown. */
function BareError(props: ErrorComponentProps) {
  return (
    <main>
      <RouteError {...props} />
    </main>
  );
}

const root = createRootRoute({ component: Outlet, notFoundComponent: PageMissing });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('@/features/auth/sign-in-page'), 'SignInPage'),
});

const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  validateSearch: registerSearch,
  component: lazyRouteComponent(() => import('@/features/auth/register-page'), 'RegisterPage'),
});

/** Everything behind the door. Without a session, and none to renew, the way leads to sign in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    try {
      await session.token();
    } catch (error) {
      if (!(error instanceof SignedOut)) throw error;
      const next = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: { next } });
    }
  },
  component: Shell,
  errorComponent: BareError,
  pendingComponent: Loading,
});

const dashboard = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: ofWarehouse,
  component: lazyRouteComponent(
    () => import('@/features/dashboard/dashboard-page'),
    'DashboardPage',
  ),
});

const newAnalysis = createRoute({
  getParentRoute: () => inside,
  path: '/new',
  validateSearch: ofWarehouse,
  component: lazyRouteComponent(
    () => import('@/features/new-analysis/new-analysis-page'),
    'NewAnalysisPage',
  ),
});

const reports = createRoute({
  getParentRoute: () => inside,
  path: '/reports',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(() => import('@/features/reports/reports-page'), 'ReportsPage'),
});

const report = createRoute({
  getParentRoute: () => inside,
  path: '/reports/$reportId',
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import('@/features/report/report-page'), 'ReportPage'),
});

const mapping = createRoute({
  getParentRoute: () => inside,
  path: '/reports/$reportId/columns',
  component: lazyRouteComponent(() => import('@/features/mapping/mapping-page'), 'MappingPage'),
});

const anomalies = createRoute({
  getParentRoute: () => inside,
  path: '/anomalies',
  validateSearch: anomaliesSearch,
  component: lazyRouteComponent(
    () => import('@/features/anomalies/anomalies-page'),
    'AnomaliesPage',
  ),
});

const warehouses = createRoute({
  getParentRoute: () => inside,
  path: '/warehouses',
  component: lazyRouteComponent(
    () => import('@/features/warehouses/warehouses-page'),
    'WarehousesPage',
  ),
});

const warehouse = createRoute({
  getParentRoute: () => inside,
  path: '/warehouses/$warehouseId',
  validateSearch: warehouseSearch,
  component: lazyRouteComponent(
    () => import('@/features/warehouses/warehouse-page'),
    'WarehousePage',
  ),
});

const rules = createRoute({
  getParentRoute: () => inside,
  path: '/rules',
  validateSearch: rulesSearch,
  component: lazyRouteComponent(() => import('@/features/rules/rules-page'), 'RulesPage'),
});

const rule = createRoute({
  getParentRoute: () => inside,
  path: '/rules/$code',
  validateSearch: ofWarehouse,
  component: lazyRouteComponent(() => import('@/features/rules/rule-page'), 'RulePage'),
});

const pallet = createRoute({
  getParentRoute: () => inside,
  path: '/pallets/$palletId',
  validateSearch: ofWarehouse,
  component: lazyRouteComponent(() => import('@/features/pallet/pallet-page'), 'PalletPage'),
});

const mappings = createRoute({
  getParentRoute: () => inside,
  path: '/mappings',
  component: lazyRouteComponent(() => import('@/features/mappings/mappings-page'), 'MappingsPage'),
});

const admin = createRoute({
  getParentRoute: () => inside,
  path: '/admin',
  beforeLoad: () => {
    if (session.current?.role !== 'admin') throw notFound({ routeId: rootRouteId });
  },
});

const users = createRoute({
  getParentRoute: () => admin,
  path: '/users',
  validateSearch: usersSearch,
  component: lazyRouteComponent(() => import('@/features/administration/users-page'), 'UsersPage'),
});

const invitations = createRoute({
  getParentRoute: () => admin,
  path: '/invitations',
  component: lazyRouteComponent(
    () => import('@/features/administration/invitations-page'),
    'InvitationsPage',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    register,
    inside.addChildren([
      dashboard,
      newAnalysis,
      reports,
      report,
      mapping,
      anomalies,
      warehouses,
      warehouse,
      rules,
      rule,
      pallet,
      mappings,
      admin.addChildren([users, invitations]),
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultErrorComponent: RouteError,
  scrollRestoration: true,
});

// A session that ends while someone works: to the door, and back here after it.
session.subscribe(() => {
  if (session.current === null) void router.invalidate();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
