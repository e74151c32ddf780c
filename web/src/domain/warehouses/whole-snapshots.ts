import type { TrendPoint } from '@/api/snapshots';

/** Those of whole warehouses: a part beside them would look as if most of it were gone. */
export const wholeSnapshots = <S extends Pick<TrendPoint, 'scope'>>(snapshots: readonly S[]): S[] =>
  snapshots.filter(({ scope }) => scope === 'whole');

/**
 * Of a warehouse's snapshots, newest first: the newest whole one, by which it is shown, and the
 * parts since. Where none is whole, the newest of all.
 */
export function splitAtNewestWhole<S extends Pick<TrendPoint, 'scope'>>(
  snapshots: readonly S[],
): { shown: S | undefined; since: S[] } {
  const index = snapshots.findIndex(({ scope }) => scope === 'whole');
  return index < 0
    ? { shown: snapshots[0], since: snapshots.slice(1, 1) }
    : { shown: snapshots[index], since: snapshots.slice(0, index) };
}

/**
 * How many anomalies of a warehouse are open. Undefined without a snapshot, and where a part was
 * sent since the newest whole one: what both have would be counted twice.
 */
export function openCount(
  snapshots: readonly Pick<TrendPoint, 'scope' | 'total' | 'by_status'>[],
): number | undefined {
  const { shown, since } = splitAtNewestWhole(snapshots);
  if (!shown || since.length > 0) return undefined;
  return shown.total - (shown.by_status.Resolved ?? 0);
}
