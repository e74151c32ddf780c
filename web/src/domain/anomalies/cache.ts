import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import {
  ANOMALIES,
  PRIORITIES,
  type Anomaly,
  type AnomalyFilter,
  type AnomalyList,
} from '@/api/anomalies';
import type { Page } from '@/api/pages';

/** What became of an anomaly; its version and moment where the service told them. */
export type Changes = Partial<
  Pick<Anomaly, 'status' | 'reason' | 'assignee' | 'due_date' | 'version' | 'updated_at'>
>;

type Pages = InfiniteData<Page<Anomaly>, string | undefined>;

/**
 * Brings every list that is here up to date with a change: a row leaves the lists that it fits no
 * longer, and joins those that it fits now.
 */
export function changeInLists(
  queries: QueryClient,
  anomalies: readonly Anomaly[],
  changes: Changes,
): void {
  const lists = queries.getQueriesData<Pages>({ queryKey: [...ANOMALIES, 'list'] });
  for (const [key, data] of lists) {
    if (!data) continue;
    const list = key[2] as AnomalyList;
    queries.setQueryData<Pages>(key, changeInPages(data, list, anomalies, changes));
    // Of which warehouse they are is not known here, nor who leads once a lead has left the list:
    // the service decides what joins.
    if (list.warehouse_id || (list.grouped && anomalies.some(isGrouped)))
      void queries.invalidateQueries({ queryKey: key });
  }
}

export function changeInPages(
  data: Pages,
  list: AnomalyList,
  anomalies: readonly Anomaly[],
  changes: Changes,
): Pages {
  const after = new Map(anomalies.map((anomaly) => [anomaly.id, changed(anomaly, changes)]));
  const here = new Set<string>();
  const pages = data.pages.map((page) => ({
    ...page,
    entries: page.entries.flatMap((entry) => {
      if (!after.has(entry.id)) return [entry];
      here.add(entry.id);
      const now = changed(entry, changes);
      return fits(now, list) ? [now] : [];
    }),
  }));
  for (const before of anomalies) {
    const now = after.get(before.id)!;
    if (list.warehouse_id || here.has(before.id)) continue;
    if (list.grouped && isGrouped(before)) continue;
    if (fits(now, list) && !fits(before, list)) insert(pages, now, list.order);
  }
  return { ...data, pages };
}

const isGrouped = ({ lead, companions }: Anomaly): boolean =>
  Boolean(lead) || companions.length > 0;

function changed(anomaly: Anomaly, changes: Changes): Anomaly {
  return { ...anomaly, version: anomaly.version + 1, ...changes };
}

export function fits(anomaly: Anomaly, filter: AnomalyFilter): boolean {
  return (
    (!filter.report_id || filter.report_id === anomaly.report_id) &&
    (!filter.status || filter.status.includes(anomaly.status)) &&
    (!filter.priority || filter.priority === anomaly.priority) &&
    (!filter.rule || filter.rule === anomaly.rule) &&
    (!filter.location || filter.location === anomaly.location) &&
    (!filter.assignee || filter.assignee === anomaly.assignee) &&
    (!filter.reason || filter.reason === anomaly.reason) &&
    (!filter.due_before || (anomaly.due_date ?? '9999') < filter.due_before)
  );
}

/** Behind its equals; where the page on which those end is not here yet, nowhere. */
function insert(pages: Page<Anomaly>[], anomaly: Anomaly, order: AnomalyList['order']): void {
  const rank = PRIORITIES.indexOf(anomaly.priority);
  const comesAfter = (entry: Anomaly) => {
    const ahead = PRIORITIES.indexOf(entry.priority) - rank;
    return order === 'least_urgent' ? ahead < 0 : ahead > 0;
  };
  for (const page of pages) {
    const index = page.entries.findIndex(comesAfter);
    if (index >= 0) {
      page.entries.splice(index, 0, anomaly);
      return;
    }
  }
  const last = pages.at(-1);
  if (last?.next === null) last.entries.push(anomaly);
}
