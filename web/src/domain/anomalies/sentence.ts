import type { Anomaly } from '@/api/anomalies';

/** What is wrong, in a sentence. */
export function useSentence(): (anomaly: Anomaly) => string {
  return (anomaly) => anomaly.message;
}
