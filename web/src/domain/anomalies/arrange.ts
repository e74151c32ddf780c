import { PRIORITIES, STATUSES, type Anomaly } from '@/api/anomalies';
import { groupBy } from '@/domain/group-by';
import type { GroupBy, Selection, Sort } from './selection';

export type Row =
  { kind: 'group'; key: string; count: number } | { kind: 'anomaly'; anomaly: Anomaly };

type Compare = (a: Anomaly, b: Anomaly) => number;

/** `A-2` before `A-10`, whatever the letters' case. */
const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const rank = (anomaly: Anomaly) => PRIORITIES.indexOf(anomaly.priority);

const COMPARE: Record<Exclude<Sort, 'urgency'>, Compare> = {
  subject: (a, b) => natural.compare(a.subject.id, b.subject.id),
  location: (a, b) => natural.compare(a.location ?? '', b.location ?? ''),
  rule: (a, b) => natural.compare(a.title, b.title),
  status: (a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status),
  pallets: (a, b) => a.affected_pallets - b.affected_pallets,
  updated: (a, b) => (a.updated_at < b.updated_at ? -1 : Number(a.updated_at > b.updated_at)),
};

/** Every word must occur somewhere in what the row shows. */
export function matches(anomaly: Anomaly, query: string): boolean {
  const hay = [anomaly.subject.id, anomaly.pallet_id, anomaly.location, anomaly.message]
    .join(' ')
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

export function groupKey(anomaly: Anomaly, by: GroupBy): string {
  return by === 'location' ? (anomaly.location ?? '') : anomaly[by];
}

/**
 * Rows as the table shows them, of a list that is all here (`needsEverything`). By urgency they
 * stay as the service sent them, which gives them from either end.
 */
export function arrange(
  anomalies: readonly Anomaly[],
  selection: Pick<Selection, 'q' | 'sort' | 'desc' | 'group'>,
  folded: ReadonlySet<string> = new Set(),
): Row[] {
  const { q, sort = 'urgency', desc, group } = selection;
  const matching = q?.trim()
    ? anomalies.filter((anomaly) => matches(anomaly, q.trim()))
    : [...anomalies];
  if (sort !== 'urgency') {
    const compare = COMPARE[sort];
    // Array.sort is stable, so equals stay most urgent first.
    matching.sort((a, b) => (desc ? compare(b, a) : compare(a, b)));
  }
  if (!group) return matching.map((anomaly) => ({ kind: 'anomaly', anomaly }));
  return [...grouped(matching, group)].flatMap(([key, members]): Row[] => [
    { kind: 'group', key, count: members.length },
    ...(folded.has(key) ? [] : members.map((anomaly): Row => ({ kind: 'anomaly', anomaly }))),
  ]);
}

/** The fullest group first; priorities and statuses in their own order. */
function grouped(anomalies: readonly Anomaly[], by: GroupBy): Map<string, Anomaly[]> {
  const groups = groupBy(anomalies, (anomaly) => groupKey(anomaly, by));
  const order: Record<GroupBy, (a: [string, Anomaly[]], b: [string, Anomaly[]]) => number> = {
    rule: (a, b) => b[1].length - a[1].length,
    location: (a, b) => b[1].length - a[1].length || natural.compare(a[0], b[0]),
    priority: (a, b) => rank(a[1][0]!) - rank(b[1][0]!),
    status: (a, b) => COMPARE.status(a[1][0]!, b[1][0]!),
  };
  return new Map([...groups].sort(order[by]));
}
