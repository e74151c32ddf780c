import type { InfiniteData } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Anomaly, AnomalyFilter, AnomalyList } from '@/api/anomalies';
import type { Page } from '@/api/pages';
import { arrange, matches } from './arrange';
import { changeInPages } from './cache';
import { stepsOf } from './history';
import { filterOf, isFiltered, needsEverything, orderOf } from './selection';
import { suppressionOf } from './suppression';

const anomaly = (id: string, changes: Partial<Anomaly> = {}): Anomaly => ({
  id,
  report_id: 'rep',
  rule: 'stagnant-pallet',
  title: 'Stagnant pallet',
  priority: 'High',
  status: 'New',
  assignee: null,
  subject: { type: 'pallet', id },
  pallet_id: id,
  location: 'RECV-01',
  message: `${id} has waited.`,
  details: {},
  affected_pallets: 1,
  evidence: [],
  evidence_total: 0,
  fingerprint: id,
  companions: [],
  created_at: '2026-03-02T06:00:00.000Z',
  updated_at: '2026-03-02T06:00:00.000Z',
  version: 1,
  ...changes,
});

const ids = (rows: ReturnType<typeof arrange>) =>
  rows.map((row) => (row.kind === 'group' ? `[${row.key} ${row.count}]` : row.anomaly.id));

describe('arranging', () => {
  const list = [
    anomaly('P10', { location: 'A-10', priority: 'Very High' }),
    anomaly('P2', { location: 'A-2', rule: 'expired' }),
    anomaly('P1', { location: null }),
  ];

  it('leaves the order of the service alone', () => {
    expect(ids(arrange(list, {}))).toEqual(['P10', 'P2', 'P1']);
  });

  it('leaves it alone from its other end too: what is here are the first pages only', () => {
    expect(ids(arrange(list, { desc: true }))).toEqual(['P10', 'P2', 'P1']);
  });

  it('sorts numbers in codes as numbers, both ways', () => {
    expect(ids(arrange(list, { sort: 'subject' }))).toEqual(['P1', 'P2', 'P10']);
    expect(ids(arrange(list, { sort: 'location', desc: true }))).toEqual(['P10', 'P2', 'P1']);
  });

  it('keeps equals most urgent first', () => {
    expect(ids(arrange(list, { sort: 'pallets' }))).toEqual(['P10', 'P2', 'P1']);
  });

  it('groups, fullest first, and folds', () => {
    expect(ids(arrange(list, { group: 'rule' }, new Set(['stagnant-pallet'])))).toEqual([
      '[stagnant-pallet 2]',
      '[expired 1]',
      'P2',
    ]);
  });

  it('finds rows in which every word occurs', () => {
    expect(matches(list[0]!, 'a-10 waited')).toBe(true);
    expect(matches(list[0]!, 'a-10 frozen')).toBe(false);
    expect(ids(arrange(list, { q: ' p2 ' }))).toEqual(['P2']);
  });
});

describe('a moved anomaly', () => {
  type Pages = InfiniteData<Page<Anomaly>, string | undefined>;
  const pages = (...lists: Anomaly[][]): Pages => ({
    pageParams: [undefined],
    pages: lists.map((entries, index) => ({
      entries,
      next: index === lists.length - 1 ? null : 'more',
    })),
  });
  const after = (data: Pages, filter: AnomalyList, moved = anomaly('P1')) =>
    changeInPages(data, filter, [moved], { status: 'Resolved', version: 2 }).pages.map((page) =>
      page.entries.map((entry) => `${entry.id} ${entry.status}`),
    );

  it('leaves it to the service who comes to lead when a lead leaves a grouped list', () => {
    const lead = anomaly('P1', { companions: ['P2'] });
    const list: AnomalyList = { status: ['Resolved'], grouped: true };
    expect(after(pages([]), list, lead)).toEqual([[]]);
    expect(after(pages([]), { ...list, grouped: false }, lead)).toEqual([['P1 Resolved']]);
  });

  it('changes where it stands', () => {
    expect(after(pages([anomaly('P1'), anomaly('P2')]), {})).toEqual([['P1 Resolved', 'P2 New']]);
  });

  it('leaves a list for its old status', () => {
    expect(after(pages([anomaly('P1'), anomaly('P2')]), { status: ['New'] })).toEqual([['P2 New']]);
  });

  it('joins the list for its new one, among its equals', () => {
    const data = pages([
      anomaly('P8', { status: 'Resolved' }),
      anomaly('P9', { status: 'Resolved', priority: 'Low' }),
    ]);
    expect(after(data, { status: ['Resolved'] })).toEqual([
      ['P8 Resolved', 'P1 Resolved', 'P9 Resolved'],
    ]);
  });

  it('joins a list that has the least urgent first among its equals', () => {
    const list: AnomalyList = { status: ['Resolved'], order: 'least_urgent' };
    const data = pages([
      anomaly('P7', { status: 'Resolved', priority: 'Low' }),
      anomaly('P8', { status: 'Resolved' }),
      anomaly('P9', { status: 'Resolved', priority: 'Very High' }),
    ]);
    expect(after(data, list)).toEqual([
      ['P7 Resolved', 'P8 Resolved', 'P1 Resolved', 'P9 Resolved'],
    ]);
  });

  it('stays where both statuses are wanted', () => {
    expect(after(pages([anomaly('P1')]), { status: ['New', 'Resolved'] })).toEqual([
      ['P1 Resolved'],
    ]);
  });

  it('leaves the list of whom it was taken from, and joins the other one', () => {
    const mine = anomaly('P1', { assignee: 'ana', due_date: '2026-03-05' });
    const update = (data: Pages, filter: AnomalyFilter) =>
      changeInPages(data, filter, [mine], { assignee: 'ben' }).pages[0]?.entries.map(
        ({ id, assignee }) => `${id} ${assignee}`,
      );
    expect(update(pages([mine]), { assignee: 'ana' })).toEqual([]);
    expect(update(pages([]), { assignee: 'ben' })).toEqual(['P1 ben']);
    expect(update(pages([]), { assignee: 'ben', due_before: '2026-03-05' })).toEqual([]);
    expect(update(pages([mine]), { due_before: '2026-03-06' })).toEqual(['P1 ben']);
  });

  it('does not join a list that is for others', () => {
    expect(after(pages([]), { status: ['Resolved'], rule: 'expired' })).toEqual([[]]);
  });

  it('keeps its cached page as it was', () => {
    const data = pages([anomaly('P9', { status: 'Resolved' })]);
    after(data, { status: ['Resolved'] });
    expect(data.pages[0]?.entries).toHaveLength(1);
  });
});

describe('a selection', () => {
  it('asks for every status in which there is work, and for whoever looks', () => {
    expect(filterOf({ status: 'open', assignee: 'me' }, 'ana')).toMatchObject({
      status: ['New', 'Acknowledged', 'In Progress'],
      assignee: 'ana',
    });
    expect(filterOf({ status: 'New', assignee: 'ben' }, 'ana')).toMatchObject({
      status: ['New'],
      assignee: 'ben',
    });
  });

  it('has the service give the other end of the list, and everything where it cannot sort', () => {
    expect(orderOf({})).toBeUndefined();
    expect(orderOf({ desc: true })).toBe('least_urgent');
    expect(orderOf({ desc: true, sort: 'subject' })).toBeUndefined();
    expect(needsEverything({ desc: true })).toBe(false);
    expect(needsEverything({ sort: 'subject' })).toBe(true);
  });

  it('counts as a filter whatever leaves rows out, not what orders them', () => {
    expect(isFiltered({ due: 'late' })).toBe(true);
    expect(isFiltered({ sort: 'rule', desc: true, group: 'rule', anomaly: 'x' })).toBe(false);
  });
});

describe('the history', () => {
  const entry = (version: number, changes: object = {}) => ({
    at: '2026-03-02T06:00:00.000Z',
    by: 'ana',
    old_status: 'New' as const,
    new_status: 'New' as const,
    version,
    ...changes,
  });

  it('tells what each change changed', () => {
    const history = [
      entry(2, { assignee: 'ana' }),
      entry(3, { assignee: 'ana', due_date: '2026-03-05', comment: 'soon' }),
      entry(4, { due_date: '2026-03-05' }),
      entry(5, { new_status: 'Resolved', due_date: '2026-03-05' }),
    ];
    const steps = stepsOf({ history, history_total: 4 });
    expect(steps.map(({ moved, assignee, due }) => [moved, assignee, due])).toEqual([
      [false, 'ana', undefined],
      [false, undefined, '2026-03-05'],
      [false, null, undefined],
      [true, undefined, undefined],
    ]);
  });

  it('claims nothing about the first of those that are here', () => {
    const steps = stepsOf({ history: [entry(101, { assignee: 'ana' })], history_total: 100 });
    expect(steps[0]?.assignee).toBeUndefined();
  });
});

describe('a suppression', () => {
  const withChanges = (changes: object) => ({
    id: 'sup',
    warehouse_id: 'wh',
    rule: 'stagnant-pallet',
    subject_pattern: 'BOX-*',
    until: '2026-05-01',
    reason: 'Empty boxes.',
    created_at: '2026-03-02T06:00:00.000Z',
    created_by: 'ana',
    expired: false,
    ...changes,
  });
  const box = anomaly('box-12');

  it('is found by rule and pattern, in any case of letters', () => {
    expect(suppressionOf(box, [withChanges({})])?.id).toBe('sup');
    expect(suppressionOf(anomaly('P1'), [withChanges({})])).toBeUndefined();
  });

  it('does not count once it is over, or for another rule', () => {
    expect(suppressionOf(box, [withChanges({ expired: true })])).toBeUndefined();
    expect(suppressionOf(box, [withChanges({ rule: 'expired' })])).toBeUndefined();
  });
});
