import { describe, expect, it } from 'vitest';
import type { Notification } from '@/api/notifications';
import { operations } from '@/i18n/en/operations';
import { plural } from '@/i18n/plural';
import { placeOf, sentenceOf } from './sentence';

const words = operations(plural('en-GB'));
const one: Notification = {
  id: 'ntf_1',
  kind: 'assignment',
  at: '2026-03-02T06:00:00.000Z',
  read: false,
  report: { id: 'rep_1', name: 'Monday' },
  anomaly_id: 'rep_1.d0',
  count: 1,
  by: 'ana',
};

describe('a notification', () => {
  it('says who, what and of which report', () => {
    expect(sentenceOf(one, words)).toBe('ana assigned you an anomaly of Monday.');
    expect(sentenceOf({ ...one, count: 70 }, words)).toBe(
      'ana assigned you 70 anomalies of Monday.',
    );
    expect(sentenceOf({ ...one, kind: 'mention', by: null }, words)).toBe(
      'somebody mentioned you in Monday.',
    );
    expect(sentenceOf({ ...one, kind: 'report_ready' }, words)).toBe('Monday is ready.');
  });

  it('leads to what it is about', () => {
    expect(placeOf(one)).toMatchObject({ search: { anomaly: 'rep_1.d0' } });
    expect(placeOf({ ...one, count: 2 })).toMatchObject({ search: { assignee: 'me' } });
    const asks = { ...one, kind: 'report_question', anomaly_id: null } as const;
    expect(placeOf(asks)?.to).toBe('/reports/$reportId/columns');
  });

  it('names and leads to nothing where the report is lost', () => {
    const lost = { ...one, report: { id: 'rep_1', name: null } };
    expect(sentenceOf(lost, words)).toBe('A report that you can no longer see');
    expect(placeOf(lost)).toBeUndefined();
  });
});
