import type { Anomaly, AnomalyDetail } from '@/api/anomalies';

/** How many others about the same subject stand behind a line of the list. */
export const companionCount = ({ companions }: Anomaly): number => companions.length;

/** Those about the same subject that a change takes along: what is resolved stays as it is. */
export const openGroup = ({ group }: AnomalyDetail): Anomaly[] =>
  group.filter(({ status }) => status !== 'Resolved');

/** The others that a change of these takes along: each once, and none that is among them. */
export function companionsOf(anomalies: readonly Anomaly[]): Set<string> {
  const companions = new Set(anomalies.flatMap((anomaly) => anomaly.companions));
  for (const { id } of anomalies) companions.delete(id);
  return companions;
}
