import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import {
  ANOMALIES,
  PRIORITIES,
  type Anomaly,
  type AnomalyFilter,
  type Status,
} from '@/api/anomalies';
import type { Page } from '@/api/pages';

export interface Moved {
  status: Status;
  /** What the service says about it now; undefined where it did not tell. */
  version?: number | undefined;
  updatedAt?: string | undefined;
}

type Pages = InfiniteData<Page<Anomaly>, string | undefined>;

/**
 * Brings every list that is here up to date with a status change: a row leaves the lists that are
 * for another status, and joins those for its new one.
 */
export function moveInLists(
  queries: QueryClient,
  anomalies: readonly Anomaly[],
  moved: Moved,
): void {
  const lists = queries.getQueriesData<Pages>({ queryKey: [...ANOMALIES, 'list'] });
  for (const [key, data] of lists) {
    if (data)
      queries.setQueryData<Pages>(
        key,
        moveInPages(data, key[2] as AnomalyFilter, anomalies, moved),
      );
  }
}

export function moveInPages(
  data: Pages,
  filter: AnomalyFilter,
  anomalies: readonly Anomaly[],
  moved: Moved,
): Pages {
  const after = new Map(anomalies.map((one) => [one.id, changed(one, moved)]));
  const belongs = !filter.status || filter.status === moved.status;
  const here = new Set<string>();
  const pages = data.pages.map((page) => ({
    ...page,
    entries: page.entries.flatMap((entry) => {
      const now = after.get(entry.id);
      if (!now) return [entry];
      here.add(entry.id);
      return belongs ? [{ ...entry, ...changed(entry, moved) }] : [];
    }),
  }));
  if (filter.status === moved.status) {
    for (const [id, anomaly] of after) {
      if (!here.has(id) && fits(anomaly, filter)) insert(pages, anomaly);
    }
  }
  return { ...data, pages };
}

function changed(anomaly: Anomaly, { status, version, updatedAt }: Moved): Anomaly {
  return {
    ...anomaly,
    status,
    version: version ?? anomaly.version + 1,
    updated_at: updatedAt ?? anomaly.updated_at,
  };
}

function fits(anomaly: Anomaly, filter: AnomalyFilter): boolean {
  return (
    (!filter.report_id || filter.report_id === anomaly.report_id) &&
    (!filter.priority || filter.priority === anomaly.priority) &&
    (!filter.rule || filter.rule === anomaly.rule) &&
    (!filter.location || filter.location === anomaly.location)
  );
}

/** Before the first one that is less urgent; where that page is not here yet, nowhere. */
function insert(pages: Page<Anomaly>[], anomaly: Anomaly): void {
  const rank = PRIORITIES.indexOf(anomaly.priority);
  for (const page of pages) {
    const at = page.entries.findIndex((entry) => PRIORITIES.indexOf(entry.priority) > rank);
    if (at >= 0) {
      page.entries.splice(at, 0, anomaly);
      return;
    }
  }
  const last = pages.at(-1);
  if (last?.next === null) last.entries.push(anomaly);
}
