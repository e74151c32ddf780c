import { describe, expect, it } from 'vitest';
import { placeOf, turns, worthShowing } from './what-if';

/** 13 anomalies up to 2 h, 6 up to 9 h, none from 30 h on; the limit may go to 720 h. */
const points = Array.from({ length: 720 }, (_, index) => ({
  limit: index + 1,
  anomalies: index < 2 ? 13 : index < 9 ? 6 : index < 30 ? 2 : 0,
}));

describe('a what-if curve', () => {
  it('finds a limit, also one between or beyond the points', () => {
    expect([1, 10, 10.5, 0, 999].map((limit) => placeOf(points, limit))).toEqual([0, 9, 9, 0, 719]);
  });

  it('is shown as far as it changes', () => {
    const shown = worthShowing(points, 10);
    expect(shown[0]?.limit).toBe(1);
    expect(shown.at(-1)?.anomalies).toBe(0);
    expect(shown.length).toBeLessThan(50);
  });

  it('is shown as far as the limit of now', () => {
    expect(worthShowing(points, 200).some((point) => point.limit === 200)).toBe(true);
  });

  it('stays whole where nothing changes anywhere', () => {
    const flat = points.map(({ limit }) => ({ limit, anomalies: 4 }));
    expect(worthShowing(flat, 10).some((point) => point.limit === 10)).toBe(true);
  });

  it('is told by its turns', () => {
    expect(turns(points)).toEqual([
      { limit: 1, anomalies: 13 },
      { limit: 3, anomalies: 6 },
      { limit: 10, anomalies: 2 },
      { limit: 31, anomalies: 0 },
    ]);
  });
});
