import type { Anomaly } from '@/api/anomalies';
import { factsOf, NoSuchFact } from '@/i18n/facts';
import { useFormat, useMessages } from '@/i18n/i18n';

/** What is wrong, in a sentence of the reader's language; in the service's where there is none. */
export function useSentence(): (anomaly: Anomaly) => string {
  const { sentences } = useMessages();
  const format = useFormat();
  return (anomaly) => {
    const sentence = sentences[anomaly.subject.type === 'rule' ? 'flood' : anomaly.rule];
    if (!sentence) return anomaly.message;
    try {
      return sentence(factsOf(anomaly, format));
    } catch (error) {
      if (error instanceof NoSuchFact) return anomaly.message;
      throw error;
    }
  };
}
