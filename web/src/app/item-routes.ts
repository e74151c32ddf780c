import { createRoute, lazyRouteComponent, notFound, rootRouteId } from '@tanstack/react-router';
import { session } from '@/api/session/session';
import { mayReadCatalog } from '@/domain/access/company-role';
import { inside } from './inside';
import { itemSearch, itemsSearch } from './search';

const items = createRoute({
  getParentRoute: () => inside,
  path: '/items',
  beforeLoad: () => {
    if (!mayReadCatalog(session.current?.role)) throw notFound({ routeId: rootRouteId });
  },
});

const list = createRoute({
  getParentRoute: () => items,
  path: '/',
  validateSearch: itemsSearch,
  component: lazyRouteComponent(() => import('@/features/items/items-page'), 'ItemsPage'),
});

const item = createRoute({
  getParentRoute: () => items,
  path: '/$itemId',
  validateSearch: itemSearch,
  component: lazyRouteComponent(() => import('@/features/items/item-page'), 'ItemPage'),
});

export const itemRoutes = items.addChildren([list, item]);
