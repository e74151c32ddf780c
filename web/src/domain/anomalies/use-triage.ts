import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  ANOMALIES,
  anomalyKey,
  assignAnomaly,
  assignMany,
  changeStatus,
  changeStatuses,
  commentOn,
  type Anomaly,
  type AnomalyDetail,
  type Assignment,
  type BulkResult,
  type HistoryEntry,
  type StatusChange,
} from '@/api/anomalies';
import { ApiProblem, hasStatus } from '@/api/problem';
import { reportKey } from '@/api/reports';
import { TRENDS_READ } from '@/api/snapshots';
import { useMessages } from '@/i18n/i18n';
import { useNotify } from '@/ui/notify';
import { changeInLists } from './cache';
import { companionsOf } from './companions';

/** Someone else's change in between is shown, never overwritten. */
function useRefusal() {
  const queries = useQueryClient();
  const notify = useNotify();
  const { state, panel } = useMessages();
  return (error: unknown) => {
    const past = error instanceof ApiProblem && error.kind === 'superseded';
    if (!past && !hasStatus(error, 412)) return notify.failed(error);
    void queries.invalidateQueries({ queryKey: ANOMALIES });
    notify.failed(new Error(past ? panel.newer : state.conflict));
  };
}

/** Moves one anomaly. */
export function useStatusChange(anomaly: AnomalyDetail) {
  const queries = useQueryClient();
  const notify = useNotify();
  const refused = useRefusal();
  const { panel, status: words } = useMessages();
  return useMutation({
    mutationFn: (change: StatusChange) => changeStatus(anomaly.id, change, anomaly.version),
    onSuccess: ({ new_status, reason, history, companions = [] }) => {
      const latest = history.at(-1);
      if (!latest) return;
      const { version, at: updated_at } = latest;
      const changes = { status: new_status, reason: reason ?? null, version, updated_at };
      changeInLists(queries, [anomaly], changes);
      queries.setQueryData<AnomalyDetail>(
        anomalyKey(anomaly.id),
        (known) => known && { ...known, ...changes, history_total: version - 1, history },
      );
      const others = anomaly.group.filter(({ id }) => companions.includes(id));
      if (others.length > 0) {
        const moved = { status: new_status, reason: reason ?? null, updated_at };
        changeInLists(queries, others, moved);
        for (const { id } of [anomaly, ...anomaly.group])
          void queries.invalidateQueries({ queryKey: anomalyKey(id) });
      }
      void queries.invalidateQueries({ queryKey: reportKey(anomaly.report_id), exact: true });
      void queries.invalidateQueries(TRENDS_READ);
      notify.done(panel.changed(words[new_status]));
    },
    onError: refused,
  });
}

/** Gives one anomaly to somebody, or a day by which it is to be done. */
export function useAssignment(anomaly: Anomaly) {
  const queries = useQueryClient();
  const refused = useRefusal();
  return useMutation({
    mutationFn: (change: Assignment) => assignAnomaly(anomaly.id, change, anomaly.version),
    onSuccess: (detail) => {
      const { assignee = null, due_date = null, version, updated_at } = detail;
      changeInLists(queries, [anomaly], { assignee, due_date, version, updated_at });
      queries.setQueryData<AnomalyDetail>(anomalyKey(anomaly.id), detail);
    },
    onError: refused,
  });
}

export function useComment(anomaly: Anomaly) {
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (comment: string) => commentOn(anomaly.id, comment),
    onSuccess: (entry: HistoryEntry) => {
      const { version, at: updated_at } = entry;
      changeInLists(queries, [anomaly], { version, updated_at });
      queries.setQueryData<AnomalyDetail>(
        anomalyKey(anomaly.id),
        (known) =>
          known && {
            ...known,
            version,
            updated_at,
            history_total: version - 1,
            history: [...known.history, entry],
          },
      );
    },
    onError: notify.failed,
  });
}

/** Moves many. What could not be moved stays as it was, and is told. */
export function useBulkStatusChange() {
  const settle = useBulkSettling();
  const failed = useBulkFailure();
  return useMutation({
    mutationFn: ({ anomalies, ...change }: StatusChange & { anomalies: readonly Anomaly[] }) =>
      changeStatuses(idsOf(anomalies), change),
    onSuccess: (result, { anomalies, status, reason }) =>
      settle(result, anomalies, { status, reason: reason ?? null }),
    onError: failed,
  });
}

export function useBulkAssignment() {
  const settle = useBulkSettling();
  const failed = useBulkFailure();
  return useMutation({
    mutationFn: ({ anomalies, ...change }: Assignment & { anomalies: readonly Anomaly[] }) =>
      assignMany(idsOf(anomalies), change),
    onSuccess: (result, { anomalies, assignee, due_date }) =>
      settle(result, anomalies, {
        ...(assignee === undefined ? {} : { assignee }),
        ...(due_date === undefined ? {} : { due_date }),
      }),
    onError: failed,
  });
}

const idsOf = (anomalies: readonly Anomaly[]) => anomalies.map(({ id }) => id);

function useBulkFailure() {
  const queries = useQueryClient();
  const notify = useNotify();
  return (error: unknown) => {
    void queries.invalidateQueries({ queryKey: ANOMALIES });
    notify.failed(error);
  };
}

function useBulkSettling() {
  const queries = useQueryClient();
  const notify = useNotify();
  const { anomalies: words } = useMessages();
  return (
    { updated, failed }: BulkResult,
    anomalies: readonly Anomaly[],
    changes: Parameters<typeof changeInLists>[2],
  ) => {
    const failedIds = new Set(failed.map((failure) => failure.id));
    const moved = anomalies.filter(({ id }) => !failedIds.has(id));
    changeInLists(queries, moved, { ...changes, updated_at: new Date().toISOString() });
    for (const id of [...idsOf(moved), ...companionsOf(moved)])
      void queries.invalidateQueries({ queryKey: anomalyKey(id) });
    for (const id of new Set(moved.map((anomaly) => anomaly.report_id))) {
      void queries.invalidateQueries({ queryKey: reportKey(id), exact: true });
    }
    if (changes.status) void queries.invalidateQueries(TRENDS_READ);
    if (updated > 0) notify.done(words.updatedCount(updated));
    if (failed[0]) {
      notify.failed(new Error(`${words.failedCount(failed.length)}: ${failed[0].reason}`));
    }
  };
}
