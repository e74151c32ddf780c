import type { Anomaly } from '@/api/anomalies';
import type { Suppression } from '@/api/suppressions';
import { patternOf } from '@/domain/warehouses/classify';
import { comparable, fits } from '@/domain/warehouses/patterns';

/** The suppression that keeps the next analysis from reporting this anomaly, if there is one. */
export function suppressionOf(
  { rule, subject }: Pick<Anomaly, 'rule' | 'subject'>,
  suppressions: readonly Suppression[],
): Suppression | undefined {
  return suppressions.find((suppression) => {
    if (suppression.expired || suppression.rule !== rule) return false;
    const pattern = patternOf({ location_pattern: suppression.subject_pattern });
    return pattern !== null && fits(pattern, comparable(subject.id));
  });
}
