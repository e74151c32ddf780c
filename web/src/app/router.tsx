import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
  rootRouteId,
} from '@tanstack/react-router';
import { session } from '@/api/session/session';
import { Loading } from '@/ui/states';
import { homeScope } from './home-scope';
import { BareError, inside, requireSession, root, RouteError } from './inside';
import { itemRoutes, scanRoute } from './item-routes';
import { analyticsRoutes } from './analytics-routes';
import { orderRoutes } from './order-routes';
import { isOld, movedTo } from './old-addresses';
import {
  accountSearch,
  auditSearch,
  mailSearch,
  ofWarehouse,
  registerSearch,
  reportSearch,
  signInSearch,
  usersSearch,
} from './search';
import { warehouseRoutes } from './warehouse-routes';

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

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(
    () => import('@/features/auth/forgot-password-page'),
    'ForgotPasswordPage',
  ),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  validateSearch: mailSearch,
  component: lazyRouteComponent(
    () => import('@/features/auth/reset-password-page'),
    'ResetPasswordPage',
  ),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  validateSearch: mailSearch,
  component: lazyRouteComponent(
    () => import('@/features/auth/verify-email-page'),
    'VerifyEmailPage',
  ),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: ofWarehouse,
  beforeLoad: async ({ search }) => {
    const warehouse = search.warehouse ?? (await homeScope());
    throw redirect({ to: '/w/$warehouse', params: { warehouse }, replace: true });
  },
});

/** Addresses of before, which still stand in bookmarks and mails. */
const moved = createRoute({
  getParentRoute: () => root,
  path: '$',
  beforeLoad: async ({ location }) => {
    if (!isOld(location.pathname)) throw notFound();
    await requireSession({ location });
    const to = movedTo(location.pathname, location.search, await homeScope());
    throw redirect({ to: to.path, search: to.search, replace: true });
  },
  errorComponent: BareError,
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

const warehouses = createRoute({
  getParentRoute: () => inside,
  path: '/warehouses',
  component: lazyRouteComponent(
    () => import('@/features/warehouses/warehouses-page'),
    'WarehousesPage',
  ),
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

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  validateSearch: accountSearch,
  component: lazyRouteComponent(() => import('@/features/account/account-page'), 'AccountPage'),
});

const runs = createRoute({
  getParentRoute: () => admin,
  path: '/runs',
  component: lazyRouteComponent(() => import('@/features/administration/runs-page'), 'RunsPage'),
});

const overview = createRoute({
  getParentRoute: () => admin,
  path: '/overview',
  component: lazyRouteComponent(
    () => import('@/features/administration/overview-page'),
    'OverviewPage',
  ),
});

const verification = createRoute({
  getParentRoute: () => admin,
  path: '/verification',
  component: lazyRouteComponent(
    () => import('@/features/administration/verification-page'),
    'VerificationPage',
  ),
});

const auditLog = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('@/features/administration/audit-pages'), 'AuditPage'),
});

const securityEvents = createRoute({
  getParentRoute: () => admin,
  path: '/security',
  component: lazyRouteComponent(
    () => import('@/features/administration/audit-pages'),
    'SecurityEventsPage',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    register,
    forgotPassword,
    resetPassword,
    verifyEmail,
    moved,
    inside.addChildren([
      home,
      warehouseRoutes,
      report,
      mapping,
      warehouses,
      itemRoutes,
      orderRoutes,
      analyticsRoutes,
      scanRoute,
      account,
      admin.addChildren([
        overview,
        users,
        invitations,
        runs,
        auditLog,
        verification,
        securityEvents,
      ]),
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
