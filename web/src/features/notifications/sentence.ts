import type { Notification } from '@/api/notifications';
import type { OperationsWords } from '@/i18n/en/operations';

/** What happened, in one sentence. A report that the reader has lost has no name. */
export function sentenceOf(notification: Notification, words: OperationsWords): string {
  const { kind, report, by, count } = notification;
  const { told } = words;
  if (report.name === null) return told.lost;
  const who = by ?? words.nobody;
  switch (kind) {
    case 'assignment':
      return told.assignment(who, report.name, count);
    case 'mention':
      return told.mention(who, report.name);
    default:
      return told[kind](report.name);
  }
}

/** Where it leads: to the questions, to the anomaly, or to the report. */
export function placeOf({ kind, report, anomaly_id, count }: Notification) {
  if (report.name === null) return undefined;
  const params = { reportId: report.id };
  if (kind === 'report_question') return { to: '/reports/$reportId/columns', params } as const;
  if (anomaly_id === null) return { to: '/reports/$reportId', params } as const;
  const search =
    count > 1
      ? ({ view: 'anomalies', assignee: 'me' } as const)
      : ({ view: 'anomalies', anomaly: anomaly_id } as const);
  return { to: '/reports/$reportId', params, search } as const;
}
