import type { Report, ReportPreview, RowReceipt, RuleReceipt } from '@/api/reports';

const NO_ROWS: RowReceipt = {
  total: 0,
  evaluated: 0,
  skipped: {},
  rejected: {},
  unread: {},
  details: [],
};

/** What became of the file's rows; nothing before the first analysis. */
export const rowsOf = (report: Report): RowReceipt => report.rows ?? NO_ROWS;

/** What was noted while reading, but for the source system, which has words of its own. */
export const notesOf = ({
  notes,
  source_system: system,
}: Pick<Report | ReportPreview, 'notes' | 'source_system'>): string[] =>
  notes.filter((note) => note !== `The file looks like an export of ${system}.`);

/** What each rule could judge. */
export const coverageOf = (report: Report): RuleReceipt[] => report.coverage ?? [];

/** [reason, number] of the reasons that there are, the most frequent first. */
export const reasonsIn = (numbers: Record<string, number>): [string, number][] =>
  Object.entries(numbers)
    .filter(([, number]) => number > 0)
    .sort(([, a], [, b]) => b - a);
