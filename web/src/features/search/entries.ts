import type { Icon } from '@tabler/icons-react';
import type { Match, ResultType, SearchResult } from '@/api/search';
import { fits } from './parts';
import { targetOf, type Target } from './targets';
import type { Opened } from './recent';

/** A page or an action of this page, by the name that it has elsewhere. */
export interface Way extends Target {
  label: string;
  icon: Icon;
}

/** One line of the list. `result` is set for what the service has found, or what was opened. */
export interface Entry {
  key: string;
  title: string;
  target: Target;
  type?: ResultType;
  icon?: Icon;
  code?: string | null;
  matched?: readonly Match[];
  result?: SearchResult;
}

export interface EntryGroup {
  name: ResultType | 'recent' | 'pages' | 'actions';
  entries: Entry[];
}

interface Known {
  pages: readonly Way[];
  actions: readonly Way[];
  opened: readonly Opened[];
}

/** What is listed for a text: without one what was opened lately, then ways; with one what was
 * found, by type in the order of the best of each, and the ways that fit. */
export function entriesOf(
  text: string,
  results: readonly SearchResult[],
  { pages, actions, opened }: Known,
): EntryGroup[] {
  const ways: EntryGroup[] = [
    { name: 'actions', entries: fitting(actions, text) },
    { name: 'pages', entries: fitting(pages, text) },
  ];
  const groups = text
    ? [...foundGroups(results), ...ways]
    : [{ name: 'recent' as const, entries: opened.map(openedEntry) }, ...ways];
  return groups.filter(({ entries }) => entries.length > 0);
}

const fitting = (ways: readonly Way[], text: string): Entry[] =>
  ways
    .filter(({ label }) => fits(label, text))
    .map(({ label, icon, to, search }) => ({
      key: `way ${to}`,
      title: label,
      icon,
      target: search ? { to, search } : { to },
    }));

function foundGroups(results: readonly SearchResult[]): EntryGroup[] {
  const groups = new Map<ResultType, Entry[]>();
  for (const result of results) {
    const target = targetOf(result);
    if (!target) continue;
    const entries = groups.get(result.type) ?? [];
    groups.set(result.type, entries);
    entries.push({
      key: `${result.type} ${result.warehouse_id ?? ''} ${result.id}`,
      title: result.title,
      type: result.type,
      code: result.code ?? null,
      matched: result.matched,
      target,
      result,
    });
  }
  return [...groups].map(([name, entries]) => ({ name, entries }));
}

const openedEntry = ({ type, id, title, code, to, search }: Opened): Entry => ({
  key: `opened ${type} ${id}`,
  title,
  type,
  code,
  target: search ? { to, search } : { to },
});
