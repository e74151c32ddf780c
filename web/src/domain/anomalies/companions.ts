import type { Anomaly, AnomalyDetail } from '@/api/anomalies';

/** How many others about the same subject stand behind a line of the list. */
export const companionCount = ({ companions }: Anomaly): number => companions.length;

/** Those about the same subject that a change takes along: what is resolved stays as it is. */
export const openGroup = ({ group }: AnomalyDetail): Anomaly[] =>
  group.filter(({ status }) => status !== 'Resolved');

/** Lines of a list, and the anomalies that they stand for. */
export function counted(anomalies: readonly Anomaly[]): { lines: number; anomalies: number } {
  const behind = anomalies.reduce((sum, anomaly) => sum + companionCount(anomaly), 0);
  return { lines: anomalies.length, anomalies: anomalies.length + behind };
}
