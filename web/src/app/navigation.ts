import type { Role } from '@/api/users';
import { mayReadCatalog } from '@/domain/access/company-role';
import { ALL } from '@/domain/warehouses/scope';
import { mayConfigure, type WarehouseRole } from '@/domain/warehouses/membership-role';

export type Place =
  | 'home'
  | 'anomalies'
  | 'reports'
  | 'items'
  | 'orders'
  | 'analytics'
  | 'utilization'
  | 'trends'
  | 'warehouse'
  | 'warehouses'
  | 'administration';

export interface Entry {
  place: Place;
  to: string;
  /** The beginnings of the other addresses that it stands for. */
  also: readonly string[];
}

export interface EntryGroup {
  name: 'work' | 'stock' | 'setup' | 'administration';
  entries: readonly Entry[];
}

export const SETUP_SECTIONS = [
  'layout',
  'rules',
  'costs',
  'columns',
  'suppressions',
  'members',
  'history',
  'runs',
] as const;
export type SetupSection = (typeof SETUP_SECTIONS)[number];

/** Those that are not about one warehouse alone: the defaults, and what was learned of columns. */
const OF_ALL: readonly SetupSection[] = ['rules', 'columns'];
/** What does not concern those who only look: files are sent and silenced by others. */
const OF_WORKERS: readonly SetupSection[] = ['columns', 'suppressions'];

/** What only those see who look after the warehouse. */
const OF_MANAGERS: readonly SetupSection[] = ['costs', 'history', 'runs'];

/** What there is to set up in a scope, for somebody with a role there. */
export function setupSections(
  scope: string,
  role: WarehouseRole | undefined,
): readonly SetupSection[] {
  if (scope === ALL) return OF_ALL;
  return SETUP_SECTIONS.filter((section) => {
    if (OF_MANAGERS.includes(section)) return role !== undefined && mayConfigure(role);
    return role !== 'viewer' || !OF_WORKERS.includes(section);
  });
}

/** The entries at the side, in groups; what is of one warehouse is not there for all of them. */
export function navigationOf(scope: string, role: Role | undefined): EntryGroup[] {
  const at = (place: Place, section: string, also: readonly string[] = []): Entry => ({
    place,
    to: section ? `/w/${scope}/${section}` : `/w/${scope}`,
    also,
  });
  const reads = mayReadCatalog(role);
  const items: Entry[] = reads
    ? [
        { place: 'items', to: '/items', also: ['/scan'] },
        { place: 'orders', to: '/orders', also: [] },
        { place: 'analytics', to: '/analytics', also: [] },
      ]
    : [];
  const stock = reads ? [`/w/${scope}/stock`, `/w/${scope}/counts`] : [];
  const setup = SETUP_SECTIONS.map((section) => `/w/${scope}/${section}`);
  const groups: EntryGroup[] = [
    {
      name: 'work',
      entries: [
        at('home', ''),
        at('anomalies', 'anomalies'),
        at('reports', 'reports', ['/reports/']),
      ],
    },
  ];
  if (scope === ALL) {
    if (items.length > 0) groups.push({ name: 'stock', entries: items });
    groups.push({
      name: 'setup',
      entries: [{ place: 'warehouses', to: '/warehouses', also: setup }],
    });
  } else {
    groups.push(
      {
        name: 'stock',
        entries: [...items, at('utilization', 'utilization', stock), at('trends', 'trends')],
      },
      { name: 'setup', entries: [at('warehouse', 'layout', [...setup, '/warehouses'])] },
    );
  }
  if (role === 'admin') {
    groups.push({
      name: 'administration',
      entries: [{ place: 'administration', to: '/admin/overview', also: ['/admin/'] }],
    });
  }
  return groups;
}

/** Whether a path is that of an entry, or of what belongs to it. Home is its own address alone. */
export function isAt({ place, to, also }: Entry, path: string): boolean {
  if (path.replace(/\/$/, '') === to) return true;
  if (place === 'home') return false;
  return [`${to}/`, ...also].some((beginning) => path.startsWith(beginning));
}
