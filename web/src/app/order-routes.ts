import { createRoute, lazyRouteComponent, notFound, rootRouteId } from '@tanstack/react-router';
import { session } from '@/api/session/session';
import { mayReadCatalog } from '@/domain/access/company-role';
import { inside } from './inside';
import { ordersSearch } from './search';

const orders = createRoute({
  getParentRoute: () => inside,
  path: '/orders',
  beforeLoad: () => {
    if (!mayReadCatalog(session.current?.role)) throw notFound({ routeId: rootRouteId });
  },
});

const list = createRoute({
  getParentRoute: () => orders,
  path: '/',
  validateSearch: ordersSearch,
  component: lazyRouteComponent(() => import('@/features/orders/orders-page'), 'OrdersPage'),
});

const order = createRoute({
  getParentRoute: () => orders,
  path: '/$orderId',
  component: lazyRouteComponent(() => import('@/features/orders/order-page'), 'OrderPage'),
});

export const orderRoutes = orders.addChildren([list, order]);
