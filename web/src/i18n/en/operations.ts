import type { Plural } from '../plural';

export const operations = (plural: Plural) => ({
  lead: 'Every analysis, export and removal that has ended, for some 400 days.',
  outcomeLabel: 'Outcome',
  anyOutcome: 'Any outcome',
  emptyTitle: 'Nothing has run',
  empty: 'What runs from now on will be listed here.',
  kind: { analysis: 'Analysis', export: 'Export', removal: 'Removal' },
  outcome: {
    ready: 'Ready',
    needs_mapping: 'Asks something',
    failed: 'Failed',
    abandoned: 'Interrupted too often',
    removed: 'Removed',
  },
  rows: (count: string) => `${count} rows`,
  anomalies: (count: number) => plural(count, { one: '# anomaly', other: '# anomalies' }),
  took: (seconds: string) => `${seconds} s`,
  attempt: (count: string) => `attempt ${count}`,
  by: (name: string) => `by ${name}`,
  nobody: 'somebody',
  deletedWarehouse: 'a deleted warehouse',
  told: {
    empty:
      'Nothing yet. Here you are told what becomes of your reports, and what others ask of you.',
    lost: 'A report that you can no longer see',
    report_ready: (report: string) => `${report} is ready.`,
    report_question: (report: string) => `${report} has a question.`,
    report_failed: (report: string) => `${report} could not be analyzed.`,
    assignment: (who: string, report: string, count: number) =>
      plural(count, {
        one: `${who} assigned you an anomaly of ${report}.`,
        other: `${who} assigned you # anomalies of ${report}.`,
      }),
    mention: (who: string, report: string) => `${who} mentioned you in ${report}.`,
    unread: 'new',
  },
  preferences: {
    title: 'Notifications',
    lead: 'What you are told of on the page, and by e-mail about the files of your drop folder.',
    page: 'On the page',
    mail: 'By e-mail',
    kind: {
      report_ready: 'A report is ready',
      report_question: 'A report has a question',
      report_failed: 'A report could not be analyzed',
      assignment: 'An anomaly is assigned to you',
      mention: 'A comment mentions you',
    },
    onPage: (kind: string) => `${kind}: on the page`,
    byMail: (kind: string) => `${kind}: by e-mail`,
    saved: 'Saved.',
  },
});

export type OperationsWords = ReturnType<typeof operations>;
