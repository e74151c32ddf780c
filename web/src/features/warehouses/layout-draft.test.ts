import { describe, expect, it } from 'vitest';
import { draftOf, emptyRow, errorsByRow, layoutOf, moved, toCsv } from './layout-draft';

describe('the layout editor', () => {
  it('gives back what it was given, blank fields left out', () => {
    const layout = [
      { location_pattern: 'RECV-{01..04}', location_type: 'RECEIVING', capacity: 10, zone: 'A' },
      { location_pattern: 'QC-01', location_type: 'QUARANTINE' },
    ];
    expect(layoutOf(draftOf(layout))).toEqual(layout);
  });

  it('keeps a capacity of zero', () => {
    const row = { ...emptyRow(), location_pattern: 'X', capacity: 0 };
    expect(layoutOf([row])[0]?.capacity).toBe(0);
  });

  it('moves a row and keeps its key', () => {
    const rows = draftOf([
      { location_pattern: 'A', location_type: 'DOCK' },
      { location_pattern: 'B', location_type: 'DOCK' },
    ]);
    expect(moved(rows, 1, -1).map((row) => row.key)).toEqual([rows[1]?.key, rows[0]?.key]);
  });

  it('finds the field that an error is about', () => {
    const errors = errorsByRow([
      { pointer: '/layout/3/capacity', detail: 'Not a number.' },
      { pointer: '/layout/0', detail: 'Not an object.' },
      { pointer: '/name', detail: 'Too long.' },
    ]);
    expect(errors.get(3)?.get('capacity')).toBe('Not a number.');
    expect(errors.get(0)?.get('location_pattern')).toBe('Not an object.');
    expect(errors.size).toBe(2);
  });

  it('exports what spreadsheets can read, and no formulas', () => {
    const row = {
      ...emptyRow(),
      location_pattern: '{A,B}-1',
      notes: '=HYPERLINK("x")',
      capacity: 2,
    };
    expect(toCsv([row]).split('\r\n')[1]).toBe(`"{A,B}-1",STORAGE,2,,,"'=HYPERLINK(""x"")"`);
  });
});
