import type { Report, RowReceipt, RuleReceipt } from '@/api/reports';

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

/** What each rule could judge. */
export const coverageOf = (report: Report): RuleReceipt[] => report.coverage ?? [];

/** [reason, number] of the reasons that there are, the most frequent first. */
export const reasonsIn = (numbers: Record<string, number>): [string, number][] =>
  Object.entries(numbers)
    .filter(([, number]) => number > 0)
    .sort(([, a], [, b]) => b - a);
