import type { Evidence } from '@/api/anomalies';
import { groupBy } from '@/domain/group-by';

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

/** The cells of the evidence as the rows of the sheet that they stand in. */
export function evidenceTable(
  evidence: readonly Evidence[],
  dateTime: (iso: string) => string,
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
          const cell = cells.find((one) => one.column === column);
          return cell && { raw: words(cell.raw), parsed: understood(cell, dateTime) };
        }),
      };
    }),
  };
}

function understood({ raw, parsed }: Evidence, dateTime: (iso: string) => string): string | null {
  if (parsed === null || parsed === undefined) return null;
  const text = words(parsed);
  if (typeof parsed === 'string' && ISO_MOMENT.test(parsed)) return dateTime(parsed);
  return text.trim().toLowerCase() === words(raw).trim().toLowerCase() ? null : text;
}

function words(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
