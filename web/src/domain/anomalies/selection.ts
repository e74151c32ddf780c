import type { AnomalyFilter } from '@/api/anomalies';

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

/** What of a list is wanted and how it is laid out; all of it stands in the address. */
export interface Selection {
  status?: AnomalyFilter['status'] | undefined;
  priority?: AnomalyFilter['priority'] | undefined;
  rule?: string | undefined;
  location?: string | undefined;
  q?: string | undefined;
  sort?: Sort | undefined;
  desc?: boolean | undefined;
  group?: GroupBy | undefined;
  /** The one that is looked at. */
  anomaly?: string | undefined;
}

export type ChangeSelection = (changes: Partial<Selection>) => void;

/** The part that the service filters by; the rest is done with the rows that are here. */
export const filterOf = (selection: Selection): AnomalyFilter => ({
  status: selection.status,
  priority: selection.priority,
  rule: selection.rule,
  location: selection.location,
});

export const isFiltered = (selection: Selection): boolean =>
  Object.values(filterOf(selection)).some(Boolean) || Boolean(selection.q);

/** Search, order and groups can only be right once every row is here. */
export const needsEverything = (selection: Selection): boolean =>
  Boolean(selection.q) || Boolean(selection.group) || (selection.sort ?? 'urgency') !== 'urgency';
