import type { Anomaly } from '@/api/anomalies';

export interface FloodPattern {
  pattern: string;
  count: number;
  example: string;
}

/** An anomaly that stands for all that its rule flags, because they are so many. */
export interface Flood {
  /** 0 where a list has no room for them. */
  subjects: number;
  judged: number;
  /** None in lists: only the anomaly by itself has room for them. */
  patterns: FloodPattern[];
  /** Whether they are patterns of where they are, not of what they are called. */
  inPlaces: boolean;
}

/** Null for an anomaly about one subject. */
export function floodOf({ subject, details }: Pick<Anomaly, 'subject' | 'details'>): Flood | null {
  if (subject.type !== 'rule') return null;
  const { subjects, judged, patterns, location_patterns: places } = details;
  const listed: unknown = places ?? patterns;
  return {
    subjects: typeof subjects === 'number' ? subjects : 0,
    judged: typeof judged === 'number' ? judged : 0,
    patterns: Array.isArray(listed) ? listed.filter(isPattern) : [],
    inPlaces: places !== undefined,
  };
}

function isPattern(value: unknown): value is FloodPattern {
  const { pattern, count, example } = (value ?? {}) as Partial<FloodPattern>;
  return typeof pattern === 'string' && typeof count === 'number' && typeof example === 'string';
}
