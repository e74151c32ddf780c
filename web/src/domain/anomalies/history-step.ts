import type { Selection } from './selection';

export interface HistoryStep {
  /** To the step before, which shows just what is wanted. */
  back: boolean;
  search: Selection;
  replace: boolean;
  openedFrom: string | undefined;
}

/**
 * How a change of the selection moves through the browser's history. `openedFrom` is what the step
 * before selected, where this one came from it by opening an anomaly.
 */
export function stepFor(
  before: Selection,
  changes: Partial<Selection>,
  openedFrom: string | undefined,
): HistoryStep {
  const search = { ...before, ...changes };
  const opens = !before.anomaly && Boolean(search.anomaly);
  const closes = Boolean(before.anomaly) && !search.anomaly;
  return {
    // Replaced instead, the list would stand there twice, and Back would seem to do nothing.
    back: closes && openedFrom === textOf(search),
    search,
    replace: !opens,
    openedFrom: opens ? textOf(before) : search.anomaly ? openedFrom : undefined,
  };
}

const textOf = (selection: Selection): string =>
  JSON.stringify(
    Object.entries(selection)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
