/** Told apart in both themes, and by people who see few colours; a legend names them. */
export const SERIES_COLORS = [
  'var(--series-1)',
  'var(--series-2)',
  'var(--series-3)',
  'var(--series-4)',
  'var(--series-5)',
] as const;
export const REST_COLOR = 'var(--series-rest)';

export interface Series {
  key: string;
  label: string;
  color: string;
}

/**
 * The keys with the largest sums get a colour each, all others share one under `rest`. `keys` that
 * have nothing at all are left out.
 */
export function rankedSeries(
  points: readonly Record<string, number>[],
  label: (key: string) => string,
  rest: string,
): { series: Series[]; restKeys: string[] } {
  const sums = new Map<string, number>();
  for (const point of points)
    for (const [key, count] of Object.entries(point)) sums.set(key, (sums.get(key) ?? 0) + count);
  const ranked = [...sums]
    .filter(([, sum]) => sum > 0)
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([key]) => key);
  const shownCount =
    ranked.length > SERIES_COLORS.length ? SERIES_COLORS.length - 1 : ranked.length;
  const series: Series[] = ranked
    .slice(0, shownCount)
    .map((key, index) => ({ key, label: label(key), color: SERIES_COLORS[index]! }));
  const restKeys = ranked.slice(shownCount);
  if (restKeys.length > 0) series.push({ key: REST, label: rest, color: REST_COLOR });
  return { series, restKeys };
}

export const REST = '(rest)';

/** A point with what has no colour of its own added up. */
export function withRest(
  point: Record<string, number>,
  restKeys: readonly string[],
): Record<string, number> {
  if (restKeys.length === 0) return point;
  return { ...point, [REST]: restKeys.reduce((sum, key) => sum + (point[key] ?? 0), 0) };
}

/** A round number at or above `value`, for the top of a scale. */
export function niceTop(value: number): number {
  if (value <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  const multiple = [1, 2, 5, 10].find((multiple) => multiple * unit >= value) ?? 10;
  return multiple * unit;
}
