import { describe, expect, it } from 'vitest';
import { stockHistory, steps } from './stock-history';

const NOW = '2026-03-10T12:00:00Z';
const move = (day: number, quantity: number, to: { location: string } | null = null) => ({
  effective_at: `2026-03-0${day}T08:00:00Z`,
  quantity,
  to: to && { warehouse_id: 'wh_1', lot: null, ...to },
});

describe('stock over time', () => {
  it('is told back from what there is now', () => {
    const levels = stockHistory(7, [move(5, -3), move(2, 10)], { now: NOW, all: true });
    expect(levels.map(({ quantity }) => quantity)).toEqual([0, 10, 7, 7]);
    expect(levels.map(({ at }) => at.slice(8, 10))).toEqual(['02', '02', '05', '10']);
  });

  it('does not begin with nothing where there are older movements', () => {
    const levels = stockHistory(7, [move(5, -3)], { now: NOW, all: false });
    expect(levels.map(({ quantity }) => quantity)).toEqual([7, 7]);
  });

  it('is not changed by a transfer', () => {
    const movements = [move(6, 4, { location: 'B-1' }), move(2, 10)];
    const levels = stockHistory(10, movements, { now: NOW, all: true });
    expect(levels.map(({ quantity }) => quantity)).toEqual([0, 10, 10]);
  });

  it('has one level for movements of one moment', () => {
    const movements = [move(5, -1), move(5, -2), move(2, 10)];
    const levels = stockHistory(7, movements, { now: NOW, all: true });
    expect(levels.map(({ quantity }) => quantity)).toEqual([0, 10, 7, 7]);
  });

  it('adds decimals as people do', () => {
    const levels = stockHistory(0.3, [move(5, 0.2), move(2, 0.1)], { now: NOW, all: true });
    expect(levels.map(({ quantity }) => quantity)).toEqual([0, 0.1, 0.3, 0.3]);
  });

  it('goes in steps', () => {
    const levels = stockHistory(7, [move(5, -3), move(2, 10)], { now: NOW, all: true });
    expect(steps(levels).map(({ quantity }) => quantity)).toEqual([0, 10, 10, 7, 7, 7]);
  });
});
