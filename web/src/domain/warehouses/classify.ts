import type { LayoutRow } from '@/api/warehouses';
import {
  comparable,
  countCodes,
  firstCodes,
  fits,
  PatternError,
  readPattern,
  type Pattern,
} from './patterns';

/** A row's pattern, or null where it cannot be read (yet). */
export function patternOf(row: Pick<LayoutRow, 'location_pattern'>): Pattern | null {
  try {
    return readPattern(row.location_pattern);
  } catch (error) {
    if (error instanceof PatternError) return null;
    throw error;
  }
}

/** The index of the first row whose pattern fits; -1 for an unknown location. */
export function decide(patterns: readonly (Pattern | null)[], code: string): number {
  const name = comparable(code);
  return patterns.findIndex((pattern) => pattern !== null && fits(pattern, name));
}

const SPELLED_OUT = 200;

/** The row above that takes every code of this one; null if some code reaches it. */
export function shadowedBy(patterns: readonly (Pattern | null)[], index: number): number | null {
  const pattern = patterns[index];
  if (!pattern) return null;
  const above = patterns.slice(0, index);
  const same = above.findIndex(
    (earlier) => earlier?.text.toUpperCase() === pattern.text.toUpperCase(),
  );
  if (same >= 0) return same;
  const total = countCodes(pattern);
  if (total === null || total > SPELLED_OUT) return null;
  const takers = firstCodes(pattern, total).map((code) => decide(above, code));
  return takers.length > 0 && takers.every((taker) => taker >= 0) ? takers[0]! : null;
}
