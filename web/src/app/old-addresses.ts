import { ALL } from '@/domain/warehouses/scope';

type Search = Record<string, unknown>;

export interface Address {
  path: string;
  search: Search;
}

/** Lists that were of all warehouses where the address named none. */
const OF_ALL = ['anomalies', 'reports'];
const MOVED = [...OF_ALL, 'new', 'pallets', 'rules', 'mappings'];
const VIEWS = ['layout', 'utilization', 'trends', 'members', 'suppressions'];

const partsOf = (path: string): string[] => path.split('/').filter(Boolean);

export function isOld(path: string): boolean {
  const [section = '', id] = partsOf(path);
  // Where there is no id it is still the list of them.
  return MOVED.includes(section) || (section === 'warehouses' && id !== undefined);
}

/**
 * Where the page of an old address is now: the warehouse stood in its query. The rest is of `home`.
 */
export function movedTo(path: string, search: Search, home: string): Address {
  const { warehouse, ...rest } = search;
  const [section = '', ...more] = partsOf(path);
  const named = typeof warehouse === 'string' || typeof warehouse === 'number';
  const unnamed = OF_ALL.includes(section) ? ALL : home;
  const scope = !named ? unnamed : warehouse === 'none' ? ALL : `${warehouse}`;
  const at = (...parts: string[]) => ['/w', scope, ...parts].join('/');
  const { view, ...others } = rest;
  if (section === 'warehouses') {
    const now = VIEWS.find((known) => known === view) ?? 'layout';
    return { path: ['/w', more[0] ?? home, now].join('/'), search: others };
  }
  if (section === 'mappings') return { path: at('columns'), search: rest };
  if (section === 'rules' && view === 'costs') return { path: at('costs'), search: others };
  return { path: at(section, ...more), search: rest };
}

/** Those of one warehouse, which all of them together do not have. */
const OF_ONE = ['pallets', 'layout', 'costs', 'suppressions', 'members', 'utilization', 'trends'];

/** The same screen about another warehouse; its home where there is no such screen. */
export function switchedTo(path: string, search: Search, scope: string): Address {
  const [root, , section, ...more] = partsOf(path);
  const home = { path: `/w/${scope}`, search: {} };
  if (root !== 'w' || section === undefined) return home;
  if (scope === ALL && OF_ONE.includes(section)) return home;
  // What is selected within one warehouse is not there in another.
  const kept = Object.entries(search).filter(([name]) => name !== 'report' && name !== 'anomaly');
  return { path: ['/w', scope, section, ...more].join('/'), search: Object.fromEntries(kept) };
}
