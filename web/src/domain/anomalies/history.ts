import type { AnomalyDetail, HistoryEntry } from '@/api/anomalies';

/** What one entry of the history changed; what it left alone is undefined. */
export interface Step {
  entry: HistoryEntry;
  moved: boolean;
  assignee: string | null | undefined;
  due: string | null | undefined;
}

type LoadedHistory = Pick<AnomalyDetail, 'history' | 'history_total'>;

/**
 * The changes in order of time. An entry says how things were left, so what it changed is the
 * difference from the one before; before the first of all nothing was set.
 */
export function stepsOf({ history, history_total }: LoadedHistory): Step[] {
  return history.map((entry, index) => {
    const before = history[index - 1];
    const unknown = !before && history.length < history_total;
    const changedTo = (now: string | null | undefined, then: string | null | undefined) =>
      unknown || (now ?? null) === (then ?? null) ? undefined : (now ?? null);
    return {
      entry,
      moved: entry.old_status !== entry.new_status,
      assignee: changedTo(entry.assignee, before?.assignee),
      due: changedTo(entry.due_date, before?.due_date),
    };
  });
}
