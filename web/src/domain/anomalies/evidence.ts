import type { Evidence } from '@/api/anomalies';
import { groupBy } from '@/domain/group-by';
import type { Format } from '@/i18n/format';
import { localTime } from '@/i18n/zones';

export interface EvidenceCell {
  raw: string;
  /** How it was understood, where that says more than the file. */
  parsed: string | null;
}

export interface EvidenceTable {
  columns: string[];
  rows: { sheet: string; row: number; cells: (EvidenceCell | undefined)[] }[];
}

const ISO_MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;

/** A moment as files write it, when they give no offset. */
const WRITTEN = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d)(?:\.0+)?)?)?$/;
const MIDNIGHT = '00:00:00';

/**
 * The cells of the evidence as the rows of the sheet that they stand in. Moments are told in
 * `timezone`; until that is known, nothing is said of how they were read.
 */
export function evidenceTable(
  evidence: readonly Evidence[],
  timezone: string | undefined,
  format: Pick<Format, 'date' | 'dateTime'>,
): EvidenceTable {
  const columns = [...new Set(evidence.map((cell) => cell.column))];
  const rows = groupBy(evidence, (cell) => `${cell.row} ${cell.sheet}`);
  return {
    columns,
    rows: [...rows.values()].map((cells) => {
      const first = cells[0]!;
      return {
        sheet: first.sheet,
        row: first.row,
        cells: columns.map((column) => {
          const cell = cells.find((candidate) => candidate.column === column);
          return cell && { raw: words(cell.raw), parsed: understood(cell, timezone, format) };
        }),
      };
    }),
  };
}

function understood(
  { raw, parsed }: Evidence,
  timezone: string | undefined,
  format: Pick<Format, 'date' | 'dateTime'>,
): string | null {
  if (parsed === null || parsed === undefined) return null;
  const written = words(raw).trim();
  if (typeof parsed === 'string' && ISO_MOMENT.test(parsed)) {
    return timezone ? momentOf(parsed, written, timezone, format) : null;
  }
  const text = words(parsed);
  return text.trim().toLowerCase() === written.toLowerCase() ? null : text;
}

/** A date without a time was read as the midnight of the warehouse, and is told as a date. */
function momentOf(
  iso: string,
  written: string,
  timezone: string,
  format: Pick<Format, 'date' | 'dateTime'>,
): string | null {
  const { day, time } = localTime(iso, timezone);
  const [, ownDay, minute = '00:00', second = '00'] = WRITTEN.exec(written) ?? [];
  if (ownDay === day && `${minute}:${second}` === time) return null;
  return time === MIDNIGHT ? format.date(day) : format.dateTime(iso, timezone);
}

function words(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
