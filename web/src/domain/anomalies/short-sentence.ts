import type { Anomaly } from '@/api/anomalies';

type Told = Pick<Anomaly, 'subject' | 'pallet_id' | 'location' | 'details'>;

/**
 * A sentence about an anomaly, where its number or location stands beside it already:
 * "P1 (Peas) has been in A-1 for 3 h." → "Peas has been in A-1 for 3 h." One that begins with
 * something else stays whole.
 */
export function withoutSubject(sentence: string, anomaly: Told): string {
  const lower = sentence.toLocaleLowerCase();
  const named = [anomaly.subject.id, anomaly.pallet_id, anomaly.location].find(
    (name) => name && lower.startsWith(`${name.toLocaleLowerCase()} `),
  );
  if (!named) return sentence;
  const rest = sentence.slice(named.length + 1);
  const { description } = anomaly.details;
  const goods = typeof description === 'string' ? `(${description}) ` : '';
  if (goods && rest.startsWith(goods)) return `${String(description)} ${rest.slice(goods.length)}`;
  return rest.charAt(0).toLocaleUpperCase() + rest.slice(1);
}
