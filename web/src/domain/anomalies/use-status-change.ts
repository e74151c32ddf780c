import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  ANOMALIES,
  anomalyKey,
  changeStatus,
  changeStatuses,
  type Anomaly,
  type AnomalyDetail,
  type Status,
} from '@/api/anomalies';
import { hasStatus } from '@/api/problem';
import { reportKey } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';
import { useNotify } from '@/ui/notify';
import { moveInLists } from './cache';

interface Change {
  status: Status;
  comment?: string;
}

/** Moves one anomaly. Someone else's change in between is shown, never overwritten. */
export function useStatusChange(anomaly: Anomaly) {
  const queries = useQueryClient();
  const notify = useNotify();
  const { state, panel, status: words } = useMessages();
  return useMutation({
    mutationFn: (change: Change) => changeStatus(anomaly.id, change, anomaly.version),
    onSuccess: ({ new_status, history }) => {
      const latest = history.at(-1);
      moveInLists(queries, [anomaly], {
        status: new_status,
        version: latest?.version,
        updatedAt: latest?.at,
      });
      queries.setQueryData<AnomalyDetail>(anomalyKey(anomaly.id), (known) =>
        known && latest
          ? {
              ...known,
              status: new_status,
              version: latest.version,
              updated_at: latest.at,
              history_total: latest.version - 1,
              history,
            }
          : known,
      );
      void queries.invalidateQueries({ queryKey: reportKey(anomaly.report_id), exact: true });
      notify.done(panel.changed(words[new_status]));
    },
    onError: (error) => {
      if (!hasStatus(error, 412)) return notify.failed(error);
      void queries.invalidateQueries({ queryKey: ANOMALIES });
      notify.failed(new Error(state.conflict));
    },
  });
}

/** Moves many. What could not be moved stays as it was, and is told. */
export function useBulkStatusChange() {
  const queries = useQueryClient();
  const notify = useNotify();
  const { anomalies: words } = useMessages();
  return useMutation({
    mutationFn: ({ anomalies, ...change }: Change & { anomalies: readonly Anomaly[] }) =>
      changeStatuses(
        anomalies.map((anomaly) => anomaly.id),
        change,
      ),
    onSuccess: ({ updated, failed }, { anomalies, status }) => {
      const left = new Set(failed.map((failure) => failure.id));
      const moved = anomalies.filter(({ id }) => !left.has(id));
      moveInLists(queries, moved, { status, updatedAt: new Date().toISOString() });
      for (const { id } of moved) queries.removeQueries({ queryKey: anomalyKey(id) });
      for (const id of new Set(moved.map((anomaly) => anomaly.report_id))) {
        void queries.invalidateQueries({ queryKey: reportKey(id), exact: true });
      }
      if (updated > 0) notify.done(words.updatedCount(updated));
      if (failed[0]) {
        notify.failed(new Error(`${words.failedCount(failed.length)}: ${failed[0].reason}`));
      }
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: ANOMALIES });
      notify.failed(error);
    },
  });
}
