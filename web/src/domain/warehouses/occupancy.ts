import type { Occupancy, OccupancySnapshot } from '@/api/snapshots';

/** How full something is: `capacity` is null where none is known, and then there is no share. */
export interface Filling {
  key: string | null;
  pallets: number;
  locations: number;
  /** Those of the layout without a pallet. */
  empty: number;
  capacity: number | null;
  fill: number | null;
  /** What is too full within it, worst first: an average over others would hide it. */
  overfull: Overfull[];
}

export interface Overfull {
  type: string | null;
  zone: string | null;
  fill: number;
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
  const sum = (of: (area: Occupancy) => number) =>
    areas.reduce((total, area) => total + of(area), 0);
  const known = areas.filter(({ capacity }) => capacity !== null);
  const capacity = known.length > 0 ? sum((area) => area.capacity ?? 0) : null;
  // Shares come rounded, pallets are whole.
  const inCapacity = sum((area) => Math.round((area.fill ?? 0) * (area.capacity ?? 0)));
  return {
    pallets: sum((area) => area.pallets),
    locations: sum((area) => area.locations),
    empty: sum((area) => area.empty),
    capacity,
    fill: capacity ? inCapacity / capacity : null,
    overfull: areas
      .flatMap(({ type, zone, fill }) => (fill !== null && fill > 1 ? [{ type, zone, fill }] : []))
      .sort((a, b) => b.fill - a.fill),
  };
}

export interface InLayout {
  used: number;
  all: number;
  /** In use, but known to no row of the layout. */
  outside: number;
}

/** How many of the layout's locations are in use; null where the snapshot knew no layout. */
export function inLayout({ areas, outside_layout }: OccupancySnapshot): InLayout | null {
  const { locations, empty } = addedUp(areas);
  // Snapshots from before the service counted this have no type for what the layout does not know.
  const untyped = addedUp(areas.filter(({ type }) => type === null)).locations;
  const outside = outside_layout ?? (empty > 0 ? untyped : null);
  if (outside === null) return null;
  const used = locations - outside;
  return { used, all: used + empty, outside };
}

/** Of the fullest part, not of the average, for what a meter warns of. */
export const worstFill = ({ fill, overfull }: Pick<Filling, 'fill' | 'overfull'>): number =>
  Math.max(fill ?? 0, overfull[0]?.fill ?? 0);

/** Nearly full asks for attention, overfull for more. */
export const fillColor = (fill: number): string | undefined =>
  fill > 1 ? 'var(--priority-very-high)' : fill >= 0.9 ? 'var(--priority-high)' : undefined;
