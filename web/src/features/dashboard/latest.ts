import type { ReportSummary } from '@/api/reports';

const SHOWN = 4;

/** The newest snapshot of each warehouse, by the moment that it shows; those without one together. */
export function latestSnapshots(reports: readonly ReportSummary[]): ReportSummary[] {
  const latest = new Map<string, ReportSummary>();
  for (const report of inOrder(reports)) latest.set(report.warehouse_id ?? '', report);
  return [...latest.values()].reverse().slice(0, SHOWN);
}

/** Analyzed reports in the order of the moments that they show. */
export function inOrder(reports: readonly ReportSummary[]): ReportSummary[] {
  return reports
    .filter((report) => report.status === 'ready')
    .sort((a, b) => moment(a) - moment(b));
}

/** Offsets differ between reports, so texts do not compare. */
export const moment = (report: ReportSummary): number =>
  Date.parse(report.as_of ?? report.created_at);
