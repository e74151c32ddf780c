import type { WhatIf } from '@/api/comparing';

type Points = WhatIf['points'];

/** Where in the points a limit is, or would be: the last one that is not above it. */
export function placeOf(points: Points, limit: number): number {
  const after = points.findIndex((point) => point.limit > limit);
  return after === -1 ? points.length - 1 : Math.max(0, after - 1);
}

/**
 * The part of the curve worth showing: up to where nothing changes any more, the limit of now
 * included, and a little room beyond. A rule whose limit may go to 720 hours says all before 60.
 */
export function worthShowing(points: Points, now: number): Points {
  const first = points[0]?.anomalies;
  const last = points.at(-1)?.anomalies;
  let end = points.length - 1;
  while (end > 0 && points[end - 1]?.anomalies === last) end -= 1;
  let start = 0;
  while (start < end && points[start + 1]?.anomalies === first) start += 1;
  const place = placeOf(points, now);
  const from = Math.min(start, place);
  const to = Math.max(end, place);
  const room = Math.max(2, Math.ceil((to - from) * 0.15));
  return points.slice(Math.max(0, from - room), to + room + 1);
}

/** Only where the number changes: what a person reads in the table. */
export function turns(points: Points): Points {
  return points.filter(
    (point, index) => index === 0 || point.anomalies !== points[index - 1]?.anomalies,
  );
}
