import { NO_LOCATION } from '@/api/anomalies';
import type { LayoutRow } from '@/api/warehouses';
import { groupBy } from '@/domain/group-by';
import { decide, patternOf } from '@/domain/warehouses/classify';
import { spellOut } from '@/domain/warehouses/patterns';

export interface Place {
  name: string;
  anomalies: number;
  pallets: number;
  /** How many pallets it may hold; null where the layout does not say. */
  capacity: number | null;
}

/** Places that stand above each other (the levels of a bay) are one stack. */
export type Stack = Place[];

export interface Aisle {
  /** What its codes begin with; empty where they name no aisle. */
  name: string;
  stacks: Stack[];
}

export interface Area {
  key: string;
  /** The layout row that the places belong to; null for those that no row knows. */
  row: LayoutRow | null;
  aisles: Aisle[];
  places: number;
}

export const MAX_CELLS = 6_000;
const natural = new Intl.Collator(undefined, { numeric: true });

/**
 * The warehouse as areas of aisles: every location that the layout spells out, and beyond those
 * only the ones in use. `complete` is false where the layout has too many to draw.
 */
export function areasOf(
  inUse: readonly Place[],
  layout: readonly LayoutRow[],
  withEmpty: boolean,
): { areas: Area[]; complete: boolean } {
  const patterns = layout.map(patternOf);
  const byRow = groupBy(
    inUse.filter((place) => place.name !== NO_LOCATION),
    (place) => decide(patterns, place.name),
  );
  let cellsLeft = MAX_CELLS;
  let complete = true;
  const areas: Area[] = layout.map((row, index) => {
    const places = new Map((byRow.get(index) ?? []).map((place) => [place.name, place]));
    const pattern = patterns[index];
    if (withEmpty && pattern) {
      for (const name of spellOut(pattern)) {
        if (cellsLeft === 0) {
          complete = false;
          break;
        }
        cellsLeft -= 1;
        const empty = { name, anomalies: 0, pallets: 0, capacity: row.capacity ?? null };
        if (!places.has(name)) places.set(name, empty);
      }
    }
    return areaOf(`${index}`, row, [...places.values()]);
  });
  areas.push(areaOf('unknown', null, byRow.get(-1) ?? []));
  return { areas: areas.filter((area) => area.places > 0), complete };
}

function areaOf(key: string, row: LayoutRow | null, places: Place[]): Area {
  places.sort((a, b) => natural.compare(a.name, b.name));
  const aisles = groupBy(places, ({ name }) => aisleOf(name));
  return {
    key,
    row,
    places: places.length,
    aisles: [...aisles].map(([name, members]) => ({ name, stacks: stacksOf(members) })),
  };
}

/** `A-07-2` is in aisle `A`, `B12-04` in `B12`; `RECV-01` and `017A` name no aisle. */
export function aisleOf(name: string): string {
  const parts = name.split(/[-._/ ]+/).filter(Boolean);
  if (parts.length > 2) return parts[0]!;
  return parts.length === 2 && /\d/.test(parts[0]!) ? parts[0]! : '';
}

/** `017A`, `017B` are levels of bay `017`, `A-07-1`, `A-07-2` of bay `A-07`. */
function stacksOf(places: readonly Place[]): Stack[] {
  const bays = groupBy(
    places,
    ({ name }) =>
      /^(.*\d)[-. ]?[A-Z]{1,2}$/.exec(name)?.[1] ??
      /^([^-._/ ]+[-._/ ]+[^-._/ ]+)[-._/ ]+\d{1,2}$/.exec(name)?.[1] ??
      name,
  );
  return [...bays.values()];
}

export type Shade = 0 | 1 | 2 | 3 | 4 | 5;

/** 0 for none, then 1 to 4: few to many, on the scale of the worst place. */
export function heat(anomalies: number, worst: number): Shade {
  if (anomalies === 0) return 0;
  if (worst <= 4) return Math.min(4, anomalies) as Shade;
  return Math.max(1, Math.ceil((4 * Math.log1p(anomalies)) / Math.log1p(worst))) as Shade;
}

/**
 * 0 for empty, 1 to 4 by quarters of the capacity, 5 for more than it holds. Where no capacity is
 * known, a place with pallets counts as half full: it is in use, no more can be said.
 */
export function fullness({ pallets, capacity }: Pick<Place, 'pallets' | 'capacity'>): Shade {
  if (pallets === 0) return 0;
  if (!capacity) return capacity === 0 ? 5 : 2;
  return pallets > capacity ? 5 : (Math.ceil((4 * pallets) / capacity) as Shade);
}
