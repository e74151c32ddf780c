import { describe, expect, it } from 'vitest';
import { createFormat } from '@/i18n/format';
import { evidenceTable } from './evidence';

const cell = (row: number, column: string, raw: unknown, parsed: unknown) => ({
  sheet: 'Stock',
  row,
  column,
  raw: raw as never,
  parsed: parsed as never,
});
const format = createFormat('en-GB');
const plain = (text: string | null | undefined) => text?.replaceAll(/[\u00a0\u202f]/g, ' ') ?? null;

describe('evidence', () => {
  it('stands in the rows of the file, and says how it was read only where that differs', () => {
    const table = evidenceTable(
      [
        cell(7, 'Pallet', ' px1', 'PX1'),
        cell(7, 'Received', 46082, '2026-03-01T00:00:00.000Z'),
        cell(9, 'Pallet', 'PX2', 'PX2'),
      ],
      'UTC',
      format,
    );
    expect(table.columns).toEqual(['Pallet', 'Received']);
    expect(table.rows).toEqual([
      {
        sheet: 'Stock',
        row: 7,
        cells: [
          { raw: ' px1', parsed: null },
          { raw: '46082', parsed: '1 Mar 2026' },
        ],
      },
      { sheet: 'Stock', row: 9, cells: [{ raw: 'PX2', parsed: null }, undefined] },
    ]);
  });

  const readAs = (raw: unknown, parsed: string, timezone: string | undefined) =>
    plain(
      evidenceTable([cell(2, 'When', raw, parsed)], timezone, format).rows[0]?.cells[0]?.parsed,
    );

  it.each([
    // East and west of Greenwich, in winter and in summer: the day that the file says.
    ['2026-11-22', '2026-11-21T23:00:00.000Z', 'Europe/Madrid', null],
    ['22/11/2026', '2026-11-21T23:00:00.000Z', 'Europe/Madrid', '22 Nov 2026'],
    ['22/07/2026', '2026-07-21T22:00:00.000Z', 'Europe/Madrid', '22 Jul 2026'],
    ['22/11/2026', '2026-11-22T06:00:00.000Z', 'America/Mexico_City', '22 Nov 2026'],
    ['2026-11-22T00:00:00', '2026-11-22T05:00:00.000Z', 'America/New_York', null],
    // With a time, in the warehouse's own.
    ['2026-11-22 09:15', '2026-11-22T08:15:00.000Z', 'Europe/Madrid', null],
    ['2026-11-22T09:15:30', '2026-11-22T08:15:30.000Z', 'Europe/Madrid', null],
    ['22/11/2026 9:15', '2026-11-22T08:15:00.000Z', 'Europe/Madrid', '22 Nov 2026, 09:15 CET'],
    ['2026-11-22T09:15Z', '2026-11-22T09:15:00.000Z', 'Europe/Madrid', '22 Nov 2026, 10:15 CET'],
    // The time stood in a column of its own.
    ['2026-11-22', '2026-11-22T08:15:00.000Z', 'Europe/Madrid', '22 Nov 2026, 09:15 CET'],
    ['22/11/2026', '2026-11-22T00:00:00.000Z', 'posix/UTC', '22 Nov 2026'],
  ])('%s, read as %s in %s: %s', (raw, parsed, timezone, told) => {
    expect(readAs(raw, parsed, timezone)).toBe(told);
  });

  it('says nothing of a moment while the zone is not known', () => {
    expect(readAs('22/11/2026', '2026-11-21T23:00:00.000Z', undefined)).toBeNull();
  });
});
