import { describe, expect, it } from 'vitest';
import type { ImportRow } from '@/api/imports';
import { byColumn, inColumn, rowsAtFault } from './faults';

const fault = (row: number, column: string | null): ImportRow => ({
  row,
  column,
  field: null,
  value: null,
  detail: 'Wrong.',
});

describe('faults of an import', () => {
  const errors = [fault(2, 'SKU'), fault(2, 'Qty'), fault(5, 'Qty'), fault(7, null)];

  it('are counted by column, the most frequent first', () => {
    expect(byColumn(errors)).toEqual([
      { column: 'Qty', count: 2 },
      { column: 'SKU', count: 1 },
      { column: '', count: 1 },
    ]);
  });

  it('are those of one column, or all', () => {
    expect(inColumn(errors, 'Qty').map(({ row }) => row)).toEqual([2, 5]);
    expect(inColumn(errors, '')).toEqual([fault(7, null)]);
    expect(inColumn(errors, null)).toHaveLength(4);
  });

  it('may be several of one row', () => {
    expect(rowsAtFault(errors)).toBe(3);
  });
});
