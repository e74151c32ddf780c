import type { Anomaly } from '@/api/anomalies';

type SentenceFacts = Pick<Anomaly, 'subject' | 'pallet_id' | 'location' | 'details'>;

export interface SplitSentence {
  /** The number or location that it begins with; null where it begins with something else. */
  subject: string | null;
  rest: string;
}

/** "P1 (Peas) has been in A-1 for 3 h." is `P1` and "Peas has been in A-1 for 3 h." */
export function splitSentence(sentence: string, anomaly: SentenceFacts): SplitSentence {
  const lower = sentence.toLocaleLowerCase();
  const named = [anomaly.subject.id, anomaly.pallet_id, anomaly.location].find(
    (name) => name && lower.startsWith(`${name.toLocaleLowerCase()} `),
  );
  if (!named) return { subject: null, rest: sentence };
  const subject = sentence.slice(0, named.length);
  const rest = sentence.slice(named.length + 1);
  const { description } = anomaly.details;
  const goods = typeof description === 'string' ? `(${description}) ` : '';
  if (!goods || !rest.startsWith(goods)) return { subject, rest };
  return { subject, rest: `${String(description)} ${rest.slice(goods.length)}` };
}
