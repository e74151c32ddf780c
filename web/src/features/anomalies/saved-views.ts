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

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

export const MOST_VIEWS = 20;
export const LONGEST_NAME = 60;

/** By person: whoever else signs in at this browser has views of their own. */
const keyOf = (username: string) => `stockwarden-views-${username}`;

export function readViews(shelf: Shelf, username: string): SavedView[] {
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

/** Raises what the storage raises: whoever saves wants to know that it did not work. */
export function writeViews(shelf: Shelf, username: string, views: readonly SavedView[]): void {
  shelf.setItem(keyOf(username), JSON.stringify(views));
}

/** A view of the same name gives way to the new one. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view].slice(-MOST_VIEWS);
}

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
