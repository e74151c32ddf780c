import { describe, expect, it } from 'vitest';
import { headlineOf } from './backtest';

const report = (report_id: string, before: number, status: 'evaluated' | 'not_evaluated') => ({
  report_id,
  report_name: report_id,
  as_of: '2026-03-02T06:00:00Z',
  status,
  needs: [],
  before,
  after: 0,
  appear: 0,
  vanish: 0,
  stay: 0,
  appeared: [],
  vanished: [],
});

describe('the headline of a trial', () => {
  it('is of the newest inventory, not of all of them together', () => {
    const reports = [report('new', 20, 'evaluated'), report('old', 36, 'evaluated')];
    expect(headlineOf({ reports })?.before).toBe(20);
  });

  it('is not of one that could not be judged while there are others', () => {
    const unjudged = report('new', 0, 'not_evaluated');
    expect(headlineOf({ reports: [unjudged, report('old', 36, 'evaluated')] })?.before).toBe(36);
    expect(headlineOf({ reports: [unjudged] })?.report_id).toBe('new');
    expect(headlineOf({ reports: [] })).toBeUndefined();
  });
});
