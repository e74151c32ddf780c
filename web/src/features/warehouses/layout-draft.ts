import type { FieldError } from '@/api/problem';
import type { LayoutRow } from '@/api/warehouses';

/** A row as it is being edited: texts as typed, and a key that stays when rows move. */
export interface DraftRow {
  key: string;
  location_pattern: string;
  location_type: string;
  capacity: number | '';
  allowed_description: string;
  zone: string;
  notes: string;
}

export type RowField = Exclude<keyof DraftRow, 'key'>;

let lastKey = 0;
const newKey = () => `row ${(lastKey += 1)}`;

export function emptyRow(): DraftRow {
  return {
    key: newKey(),
    location_pattern: '',
    location_type: 'STORAGE',
    capacity: '',
    allowed_description: '',
    zone: '',
    notes: '',
  };
}

export function draftOf(layout: readonly LayoutRow[]): DraftRow[] {
  return layout.map((row) => ({
    key: newKey(),
    location_pattern: row.location_pattern,
    location_type: row.location_type,
    capacity: row.capacity ?? '',
    allowed_description: row.allowed_description ?? '',
    zone: row.zone ?? '',
    notes: row.notes ?? '',
  }));
}

/** As the service takes it: fields that were left blank are left out. */
export function layoutOf(rows: readonly DraftRow[]): LayoutRow[] {
  return rows.map((row) => ({
    location_pattern: row.location_pattern.trim(),
    location_type: row.location_type,
    ...(row.capacity === '' ? {} : { capacity: row.capacity }),
    ...(row.allowed_description.trim()
      ? { allowed_description: row.allowed_description.trim() }
      : {}),
    ...(row.zone.trim() ? { zone: row.zone.trim() } : {}),
    ...(row.notes.trim() ? { notes: row.notes.trim() } : {}),
  }));
}

export function moved(rows: readonly DraftRow[], from: number, by: -1 | 1): DraftRow[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row) next.splice(from + by, 0, row);
  return next;
}

/** The service's errors by row: `/layout/3/capacity` is the capacity of the fourth row. */
export function errorsByRow(errors: readonly FieldError[]): Map<number, Map<string, string>> {
  const byRow = new Map<number, Map<string, string>>();
  for (const { pointer, detail } of errors) {
    const match = /^\/layout\/(\d+)(?:\/(\w+))?$/.exec(pointer);
    if (!match) continue;
    const row = byRow.get(Number(match[1])) ?? new Map<string, string>();
    row.set(match[2] ?? 'location_pattern', detail);
    byRow.set(Number(match[1]), row);
  }
  return byRow;
}

const COLUMNS: readonly RowField[] = [
  'location_pattern',
  'location_type',
  'capacity',
  'allowed_description',
  'zone',
  'notes',
];

/**
 * The layout as a file that can be imported again. A text that a spreadsheet would take for a
 * formula gets a leading apostrophe: patterns begin with braces, but notes may begin with anything.
 */
export function toCsv(rows: readonly DraftRow[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}
