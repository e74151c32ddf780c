import type { Report, ReportPreview } from './reports';

/**
 * Parts of a report that the API's description leaves open (objects of any shape), read into what
 * the page shows. What is missing is empty, never an error.
 */
type Loose = Record<string, unknown>;

export interface RuleCoverage {
  rule: string;
  status: 'evaluated' | 'not_evaluated' | 'disabled';
  judged: number;
  skipped: [reason: string, rows: number][];
  needs: string[];
  anomalies: number;
}

export interface RowReceipt {
  total: number;
  evaluated: number;
  skipped: [reason: string, rows: number][];
  rejected: [reason: string, rows: number][];
  details: { row: number; reason: string; detail: string }[];
}

export interface PreviewColumn {
  name: string;
  letter: string;
  samples: string[];
  suggestion: string | null;
  confidence: number;
  alternatives: { field: string; confidence: number }[];
}

export interface FilePreview {
  sheets: { name: string; rows: number; columns: number }[];
  sheet: string | null;
  headerRow: number | null;
  columns: PreviewColumn[];
  sampleRows: string[][];
  mapping: Record<string, string>;
  dateOrder: ReportPreview['date_order'];
  questions: { field: string; detail: string }[];
  notes: string[];
  /** What was learned of such a header before. */
  savedMapping: ReportPreview['saved_mapping'];
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value);
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const object = (value: unknown): Loose =>
  typeof value === 'object' && value !== null ? (value as Loose) : {};
const tally = (value: unknown): [string, number][] =>
  Object.entries(object(value))
    .map(([reason, rows]): [string, number] => [reason, number(rows)])
    .filter(([, rows]) => rows > 0)
    .sort((a, b) => b[1] - a[1]);

export function readCoverage(report: Report): RuleCoverage[] {
  return (report.coverage ?? []).map((entry) => ({
    rule: text(entry.rule),
    status:
      entry.status === 'not_evaluated' || entry.status === 'disabled' ? entry.status : 'evaluated',
    judged: number(entry.rows_judged),
    skipped: tally(entry.rows_skipped),
    needs: list(entry.needs).map(text),
    anomalies: number(entry.anomalies),
  }));
}

export function readRows(report: Report): RowReceipt {
  const rows = object(report.rows);
  return {
    total: number(rows.total),
    evaluated: number(rows.evaluated),
    skipped: tally(rows.skipped),
    rejected: tally(rows.rejected),
    details: list(rows.details)
      .map(object)
      .map((note) => ({
        row: number(note.row),
        reason: text(note.reason),
        detail: text(note.detail),
      })),
  };
}

export function readPreview(preview: ReportPreview): FilePreview {
  return {
    sheets: preview.sheets.map((sheet) => ({
      name: text(sheet.name),
      rows: number(sheet.rows),
      columns: number(sheet.columns),
    })),
    sheet: preview.sheet,
    headerRow: preview.header_row,
    columns: preview.columns.map((column) => ({
      name: text(column.name),
      letter: text(column.letter),
      samples: list(column.samples).map(text),
      suggestion: column.suggestion == null ? null : text(column.suggestion),
      confidence: number(column.confidence),
      alternatives: list(column.alternatives)
        .map(object)
        .map((other) => ({ field: text(other.field), confidence: number(other.confidence) })),
    })),
    sampleRows: preview.sample_rows.map((row) => row.map(text)),
    mapping: preview.column_mapping,
    dateOrder: preview.date_order,
    questions: preview.questions.map((question) => ({
      field: text(question.field),
      detail: text(question.detail),
    })),
    notes: list(preview.notes).map(text),
    savedMapping: preview.saved_mapping,
  };
}
