import { describe, expect, it } from 'vitest';
import { niceTop, rankedSeries, REST, SERIES_COLORS, withRest } from './series';

const names = (points: Record<string, number>[]) =>
  rankedSeries(points, (key) => key.toUpperCase(), 'Others').series.map(({ label }) => label);

describe('the series of a chart', () => {
  it('are ordered by their sums, without those that have nothing', () => {
    expect(names([{ a: 1, b: 5, c: 0 }, { a: 7 }])).toEqual(['A', 'B']);
  });

  it('have a colour each while there are colours', () => {
    const point = Object.fromEntries(SERIES_COLORS.map((_, index) => [`k${index}`, 10 - index]));
    expect(
      new Set(rankedSeries([point], String, '').series.map((series) => series.color)).size,
    ).toBe(SERIES_COLORS.length);
  });

  it('share one as the rest beyond that, and nothing is lost', () => {
    const point = { a: 9, b: 8, c: 7, d: 6, e: 5, f: 4, g: 0 };
    const { series, restKeys } = rankedSeries([point], String, 'Others');
    expect(series.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd', REST]);
    const shown = withRest(point, restKeys);
    expect(series.reduce((sum, { key }) => sum + (shown[key] ?? 0), 0)).toBe(39);
  });
});

it.each([
  [0, 1],
  [1, 1],
  [1.2, 2],
  [34, 50],
  [99, 100],
  [512, 1000],
])('has a round top for %d', (value, top) => {
  expect(niceTop(value)).toBe(top);
});
