import { createRoute, lazyRouteComponent, notFound, rootRouteId } from '@tanstack/react-router';
import { session } from '@/api/session/session';
import { mayReadCatalog } from '@/domain/access/company-role';
import { inside } from './inside';
import { ScopeFrame } from './scope-frame';
import { anomaliesSearch, reportsSearch, stockSearch } from './search';

/** The screens about one warehouse, or about all of them. */
const scoped = createRoute({
  getParentRoute: () => inside,
  path: '/w/$warehouse',
  component: ScopeFrame,
});

const dashboard = createRoute({
  getParentRoute: () => scoped,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/dashboard/dashboard-page'),
    'DashboardPage',
  ),
});

const newAnalysis = createRoute({
  getParentRoute: () => scoped,
  path: '/new',
  component: lazyRouteComponent(
    () => import('@/features/new-analysis/new-analysis-page'),
    'NewAnalysisPage',
  ),
});

const reports = createRoute({
  getParentRoute: () => scoped,
  path: '/reports',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(() => import('@/features/reports/reports-page'), 'ReportsPage'),
});

const anomalies = createRoute({
  getParentRoute: () => scoped,
  path: '/anomalies',
  validateSearch: anomaliesSearch,
  component: lazyRouteComponent(
    () => import('@/features/anomalies/anomalies-page'),
    'AnomaliesPage',
  ),
});

const pallet = createRoute({
  getParentRoute: () => scoped,
  path: '/pallets/$palletId',
  component: lazyRouteComponent(() => import('@/features/pallet/pallet-page'), 'PalletPage'),
});

/** The screens that set up a warehouse stand side by side in one frame. */
const setup = createRoute({
  getParentRoute: () => scoped,
  id: 'setup',
  component: lazyRouteComponent(() => import('./setup-frame'), 'SetupFrame'),
});

const layout = createRoute({
  getParentRoute: () => setup,
  path: '/layout',
  component: lazyRouteComponent(() => import('@/features/warehouses/setup-pages'), 'LayoutPage'),
});

const rules = createRoute({
  getParentRoute: () => setup,
  path: '/rules',
  component: lazyRouteComponent(() => import('@/features/rules/rules-page'), 'RulesPage'),
});

const costs = createRoute({
  getParentRoute: () => setup,
  path: '/costs',
  component: lazyRouteComponent(() => import('@/features/rules/rules-page'), 'CostsPage'),
});

const columns = createRoute({
  getParentRoute: () => setup,
  path: '/columns',
  component: lazyRouteComponent(() => import('@/features/mappings/mappings-page'), 'MappingsPage'),
});

const suppressions = createRoute({
  getParentRoute: () => setup,
  path: '/suppressions',
  component: lazyRouteComponent(
    () => import('@/features/warehouses/setup-pages'),
    'SuppressionsPage',
  ),
});

const members = createRoute({
  getParentRoute: () => setup,
  path: '/members',
  component: lazyRouteComponent(() => import('@/features/warehouses/setup-pages'), 'MembersPage'),
});

const history = createRoute({
  getParentRoute: () => setup,
  path: '/history',
  component: lazyRouteComponent(() => import('@/features/warehouses/setup-pages'), 'HistoryPage'),
});

const runs = createRoute({
  getParentRoute: () => setup,
  path: '/runs',
  component: lazyRouteComponent(() => import('@/features/warehouses/setup-pages'), 'RunsPage'),
});

const utilization = createRoute({
  getParentRoute: () => scoped,
  path: '/utilization',
  component: lazyRouteComponent(
    () => import('@/features/warehouses/stock-pages'),
    'UtilizationPage',
  ),
});

/** What the company keeps in a warehouse: not for members, who have their own alone. */
const onlyReaders = () => {
  if (!mayReadCatalog(session.current?.role)) throw notFound({ routeId: rootRouteId });
};

const stock = createRoute({
  getParentRoute: () => scoped,
  path: '/stock',
  validateSearch: stockSearch,
  beforeLoad: onlyReaders,
  component: lazyRouteComponent(() => import('@/features/stock/where-page'), 'WherePage'),
});

const counts = createRoute({
  getParentRoute: () => scoped,
  path: '/counts',
  beforeLoad: onlyReaders,
  component: lazyRouteComponent(() => import('@/features/stock/counts-page'), 'CountsPage'),
});

const count = createRoute({
  getParentRoute: () => scoped,
  path: '/counts/$countId',
  beforeLoad: onlyReaders,
  component: lazyRouteComponent(() => import('@/features/stock/count-page'), 'CountPage'),
});

const trends = createRoute({
  getParentRoute: () => scoped,
  path: '/trends',
  component: lazyRouteComponent(() => import('@/features/warehouses/stock-pages'), 'TrendsPage'),
});

const rule = createRoute({
  getParentRoute: () => scoped,
  path: '/rules/$code',
  component: lazyRouteComponent(() => import('@/features/rules/rule-page'), 'RulePage'),
});

export const warehouseRoutes = scoped.addChildren([
  dashboard,
  newAnalysis,
  reports,
  anomalies,
  pallet,
  utilization,
  stock,
  counts,
  count,
  trends,
  rule,
  setup.addChildren([layout, rules, costs, columns, suppressions, members, history, runs]),
]);
