import type { Occupancy } from '@/api/snapshots';

/** How full something is: `capacity` is null where none is known, and then there is no share. */
export interface Filling {
  key: string | null;
  pallets: number;
  locations: number;
  /** Those of the layout without a pallet. */
  empty: number;
  capacity: number | null;
  fill: number | null;
}

/**
 * Areas added up by type or zone. The service's `fill` is of the pallets in places with a known
 * capacity; only areas that have one count towards the share.
 */
export function fillingBy(areas: readonly Occupancy[], part: 'type' | 'zone'): Filling[] {
  const groups = new Map<string | null, Occupancy[]>();
  for (const area of areas) {
    const group = groups.get(area[part]) ?? [];
    group.push(area);
    groups.set(area[part], group);
  }
  return [...groups]
    .map(([key, group]) => ({ key, ...addedUp(group) }))
    .filter(({ pallets, capacity }) => pallets > 0 || capacity !== null)
    .sort((a, b) => (b.capacity ?? -1) - (a.capacity ?? -1) || b.pallets - a.pallets);
}

export function addedUp(areas: readonly Occupancy[]): Omit<Filling, 'key'> {
  const sum = (of: (area: Occupancy) => number) => areas.reduce((all, area) => all + of(area), 0);
  const known = areas.filter(({ capacity }) => capacity !== null);
  const capacity = known.length > 0 ? sum((area) => area.capacity ?? 0) : null;
  const inCapacity = sum((area) => (area.fill ?? 0) * (area.capacity ?? 0));
  return {
    pallets: sum((area) => area.pallets),
    locations: sum((area) => area.locations),
    empty: sum((area) => area.empty),
    capacity,
    fill: capacity ? inCapacity / capacity : null,
  };
}

/** Nearly full asks for attention, overfull for more. */
export const fillColor = (fill: number): string | undefined =>
  fill > 1 ? 'var(--priority-very-high)' : fill >= 0.9 ? 'var(--priority-high)' : undefined;
