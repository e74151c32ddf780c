import type { StoredView } from '@/api/views';
import type { Selection } from '@/domain/anomalies/selection';

/** What a view keeps: how the list is filtered and laid out, not what is being looked at. */
export type ViewSearch = Omit<Selection, 'anomaly'> & {
  report?: string | undefined;
  warehouse?: string | undefined;
  view?: 'table' | 'board' | undefined;
};

export interface SavedView {
  name: string;
  search: ViewSearch;
}

type Shelf = Pick<Storage, 'getItem' | 'removeItem'>;

export const LONGEST_NAME = 60;

/** Earlier releases kept views in the browser, by person. */
const keyOf = (username: string) => `stockwarden-views-${username}`;

/** Those that this browser still has, to be taken to the account. */
export function viewsLeftHere(shelf: Shelf, username: string): SavedView[] {
  try {
    const stored: unknown = JSON.parse(shelf.getItem(keyOf(username)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isView) : [];
  } catch {
    // Storage that is switched off, or a text that somebody else wrote: there are no views then.
    return [];
  }
}

const isView = (value: unknown): value is SavedView => {
  const { name, search } = (value ?? {}) as Partial<SavedView>;
  return typeof name === 'string' && typeof search === 'object' && search !== null;
};

export function forgetViewsHere(shelf: Shelf, username: string): void {
  shelf.removeItem(keyOf(username));
}

/** The views of this list, as the account has them. */
export const viewsOf = (stored: readonly StoredView[]): SavedView[] =>
  stored
    .filter(({ list }) => list === 'anomalies')
    .map(({ name, query }) => ({ name, search: query }));

/** Whether the list is laid out as the view says, whatever order the fields come in. */
export function isCurrent(view: ViewSearch, search: ViewSearch): boolean {
  const comparableText = (viewSearch: ViewSearch) =>
    JSON.stringify(
      Object.entries(viewSearch)
        .filter(([name, value]) => value !== undefined && name !== 'anomaly')
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return comparableText(view) === comparableText(search);
}
