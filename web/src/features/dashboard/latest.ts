import type { ReportSummary } from '@/api/reports';

/** Analyzed reports in the order of the moments that they show. */
export function inOrder(reports: readonly ReportSummary[]): ReportSummary[] {
  return reports
    .filter((report) => report.status === 'ready')
    .sort((a, b) => moment(a) - moment(b));
}

/** Offsets differ between reports, so texts do not compare. */
export const moment = (report: ReportSummary): number =>
  Date.parse(report.as_of ?? report.created_at);
