import { describe, expect, it } from 'vitest';
import type { CountLine } from '@/api/counts';
import { differingOf, missingOf, postingOf, requestOf, varianceOf } from './count-draft';

const line = (number: number, expected: number): CountLine => ({
  line: number,
  item_id: 'item_1',
  warehouse_id: 'wh_1',
  location: 'A-1',
  lot: null,
  expected,
  expected_exact: null,
  counted: null,
  counted_unit: null,
  difference: null,
  movement_id: null,
});
const LINES = [line(1, 10), line(2, 0.3), line(3, 5)];
const COUNTED = {
  1: { quantity: 8, at: '2026-03-02T06:00:00.000Z' },
  2: { quantity: 0.3, at: '2026-03-02T06:01:00.000Z' },
};

describe('what was counted', () => {
  it('differs from the book at opening', () => {
    expect(LINES.map((each) => varianceOf(each, COUNTED))).toEqual([-2, 0, undefined]);
    expect(varianceOf(line(2, 0.1), COUNTED)).toBe(0.2);
    expect(differingOf(LINES, COUNTED)).toBe(1);
    expect(missingOf(LINES, COUNTED)).toBe(1);
  });

  it('is posted with its moment', () => {
    expect(postingOf(LINES, COUNTED).lines).toEqual([
      { line: 1, quantity: 8, counted_at: '2026-03-02T06:00:00.000Z' },
      { line: 2, quantity: 0.3, counted_at: '2026-03-02T06:01:00.000Z' },
    ]);
  });
});

it('a count is of places in one warehouse', () => {
  const place = { item_id: 'item_1', item_name: 'Bolt', location: null, lot: 'L1', quantity: 3 };
  expect(requestOf('wh_1', [place], ' ')).toEqual({
    lines: [{ warehouse_id: 'wh_1', item_id: 'item_1', lot: 'L1' }],
  });
});
