import { createRoute, lazyRouteComponent, notFound, rootRouteId } from '@tanstack/react-router';
import { session } from '@/api/session/session';
import { mayManageCatalog, mayReadCatalog } from '@/domain/access/company-role';
import { inside } from './inside';
import {
  archivedSearch,
  consumptionSearch,
  itemSearch,
  itemsSearch,
  kitsSearch,
  scanSearch,
} from './search';

const onlyReaders = () => {
  if (!mayReadCatalog(session.current?.role)) throw notFound({ routeId: rootRouteId });
};

const items = createRoute({
  getParentRoute: () => inside,
  path: '/items',
  beforeLoad: onlyReaders,
});

const list = createRoute({
  getParentRoute: () => items,
  path: '/',
  validateSearch: itemsSearch,
  component: lazyRouteComponent(() => import('@/features/items/items-page'), 'ItemsPage'),
});

const kits = createRoute({
  getParentRoute: () => items,
  path: '/kits',
  validateSearch: kitsSearch,
  component: lazyRouteComponent(() => import('@/features/kits/kits-page'), 'KitsPage'),
});

const consumption = createRoute({
  getParentRoute: () => items,
  path: '/consumption',
  validateSearch: consumptionSearch,
  component: lazyRouteComponent(
    () => import('@/features/consumption/consumption-page'),
    'ConsumptionPage',
  ),
});

const suppliers = createRoute({
  getParentRoute: () => items,
  path: '/suppliers',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(() => import('@/features/catalog/suppliers-page'), 'SuppliersPage'),
});

const supplier = createRoute({
  getParentRoute: () => items,
  path: '/suppliers/$supplierId',
  component: lazyRouteComponent(() => import('@/features/catalog/supplier-page'), 'SupplierPage'),
});

const categories = createRoute({
  getParentRoute: () => items,
  path: '/categories',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(
    () => import('@/features/catalog/categories-page'),
    'CategoriesPage',
  ),
});

const units = createRoute({
  getParentRoute: () => items,
  path: '/units',
  component: lazyRouteComponent(() => import('@/features/catalog/units-page'), 'UnitsPage'),
});

const types = createRoute({
  getParentRoute: () => items,
  path: '/types',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(() => import('@/features/catalog/types-page'), 'TypesPage'),
});

const imports = createRoute({
  getParentRoute: () => items,
  path: '/imports',
  beforeLoad: () => {
    if (!mayManageCatalog(session.current?.role)) throw notFound({ routeId: rootRouteId });
  },
});

const importList = createRoute({
  getParentRoute: () => imports,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/imports/imports-page'), 'ImportsPage'),
});

const itemImport = createRoute({
  getParentRoute: () => imports,
  path: '/$importId',
  component: lazyRouteComponent(() => import('@/features/imports/import-page'), 'ImportPage'),
});

const item = createRoute({
  getParentRoute: () => items,
  path: '/$itemId',
  validateSearch: itemSearch,
  component: lazyRouteComponent(() => import('@/features/items/item-page'), 'ItemPage'),
});

export const scanRoute = createRoute({
  getParentRoute: () => inside,
  path: '/scan',
  validateSearch: scanSearch,
  beforeLoad: onlyReaders,
  component: lazyRouteComponent(() => import('@/features/items/scan-page'), 'ScanPage'),
});

export const itemRoutes = items.addChildren([
  list,
  kits,
  consumption,
  suppliers,
  supplier,
  categories,
  units,
  types,
  imports.addChildren([importList, itemImport]),
  item,
]);
