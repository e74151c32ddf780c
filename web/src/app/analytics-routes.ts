import { createRoute, lazyRouteComponent, notFound, rootRouteId } from '@tanstack/react-router';
import { session } from '@/api/session/session';
import { mayReadCatalog } from '@/domain/access/company-role';
import { inside } from './inside';
import { figuresSearch } from './search';

const analytics = createRoute({
  getParentRoute: () => inside,
  path: '/analytics',
  validateSearch: figuresSearch,
  beforeLoad: () => {
    if (!mayReadCatalog(session.current?.role)) throw notFound({ routeId: rootRouteId });
  },
  component: lazyRouteComponent(
    () => import('@/features/analytics/analytics-page'),
    'AnalyticsPage',
  ),
});

const value = createRoute({
  getParentRoute: () => analytics,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/analytics/value-section'), 'ValueSection'),
});

const low = createRoute({
  getParentRoute: () => analytics,
  path: '/low-stock',
  component: lazyRouteComponent(() => import('@/features/analytics/low-section'), 'LowSection'),
});

const abc = createRoute({
  getParentRoute: () => analytics,
  path: '/abc',
  component: lazyRouteComponent(() => import('@/features/analytics/abc-section'), 'AbcSection'),
});

const turnover = createRoute({
  getParentRoute: () => analytics,
  path: '/turnover',
  component: lazyRouteComponent(
    () => import('@/features/analytics/turnover-section'),
    'TurnoverSection',
  ),
});

const slow = createRoute({
  getParentRoute: () => analytics,
  path: '/slow-movers',
  component: lazyRouteComponent(() => import('@/features/analytics/slow-section'), 'SlowSection'),
});

const consumption = createRoute({
  getParentRoute: () => analytics,
  path: '/consumption',
  component: lazyRouteComponent(
    () => import('@/features/analytics/consumption-section'),
    'ConsumptionSection',
  ),
});

const suppliers = createRoute({
  getParentRoute: () => analytics,
  path: '/suppliers',
  component: lazyRouteComponent(
    () => import('@/features/analytics/suppliers-section'),
    'SuppliersSection',
  ),
});

const orders = createRoute({
  getParentRoute: () => analytics,
  path: '/orders',
  component: lazyRouteComponent(
    () => import('@/features/analytics/orders-section'),
    'OrdersSection',
  ),
});

export const analyticsRoutes = analytics.addChildren([
  value,
  low,
  abc,
  turnover,
  slow,
  consumption,
  suppliers,
  orders,
]);
