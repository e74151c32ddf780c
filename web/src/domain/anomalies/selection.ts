import {
  OPEN_STATUSES,
  type AnomalyFilter,
  type AnomalyList,
  type Reason,
  type Status,
} from '@/api/anomalies';
import { addDays, today } from '@/domain/days';

export const SORTS = [
  'urgency',
  'subject',
  'location',
  'rule',
  'status',
  'pallets',
  'updated',
] as const;
export const GROUPS = ['rule', 'location', 'priority', 'status'] as const;
export type Sort = (typeof SORTS)[number];
export type GroupBy = (typeof GROUPS)[number];

/** Any status in which there is still work to do. */
export const OPEN = 'open';
export const DUES = ['late', 'week'] as const;
export type Due = (typeof DUES)[number];
/** Whoever looks at the list. */
export const ME = 'me';

/** What of a list is wanted and how it is laid out; all of it stands in the address. */
export interface Selection {
  status?: Status | typeof OPEN | undefined;
  priority?: AnomalyFilter['priority'] | undefined;
  rule?: string | undefined;
  location?: string | undefined;
  assignee?: string | undefined;
  due?: Due | undefined;
  reason?: Reason | undefined;
  q?: string | undefined;
  sort?: Sort | undefined;
  desc?: boolean | undefined;
  group?: GroupBy | undefined;
  /** The one that is looked at. */
  anomaly?: string | undefined;
}

export type ChangeSelection = (changes: Partial<Selection>) => void;

/** The part that the service filters by; the rest is done with the rows that are here. */
export const filterOf = (selection: Selection, me: string): AnomalyFilter => ({
  status: selection.status === OPEN ? OPEN_STATUSES : selection.status && [selection.status],
  priority: selection.priority,
  rule: selection.rule,
  location: selection.location,
  assignee: selection.assignee === ME ? me : selection.assignee,
  due_before: selection.due && (selection.due === 'late' ? today() : addDays(today(), 8)),
  reason: selection.reason,
});

/** Urgency is the one order that the service gives, from either end. */
export const orderOf = ({ sort = 'urgency', desc }: Selection): AnomalyList['order'] =>
  sort === 'urgency' && desc ? 'least_urgent' : undefined;

/** Within one report or one warehouse; else across all. */
export type Scope = Pick<AnomalyFilter, 'report_id' | 'warehouse_id'>;

export const NO_FILTER = {
  status: undefined,
  priority: undefined,
  rule: undefined,
  location: undefined,
  assignee: undefined,
  due: undefined,
  reason: undefined,
  q: undefined,
} as const satisfies Selection;

export const isFiltered = (selection: Selection): boolean =>
  Object.keys(NO_FILTER).some((name) => selection[name as keyof typeof NO_FILTER]);

/** Search, order and groups can only be right once every row is here. */
export const needsEverything = (selection: Selection): boolean =>
  Boolean(selection.q) || Boolean(selection.group) || (selection.sort ?? 'urgency') !== 'urgency';
