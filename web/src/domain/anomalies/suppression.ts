import type { Anomaly } from '@/api/anomalies';
import type { Suppression } from '@/api/suppressions';
import { patternOf } from '@/domain/warehouses/classify';
import { comparable, fits } from '@/domain/warehouses/patterns';

/** The suppression that keeps the next analysis from reporting this anomaly, if there is one. */
export function suppressionOf(
  { rule, subject }: Pick<Anomaly, 'rule' | 'subject'>,
  suppressions: readonly Suppression[],
): Suppression | undefined {
  return suppressions.find((one) => {
    if (one.expired || one.rule !== rule) return false;
    const pattern = patternOf({ location_pattern: one.subject_pattern });
    return pattern !== null && fits(pattern, comparable(subject.id));
  });
}
