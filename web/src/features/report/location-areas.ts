import { NO_LOCATION } from '@/api/anomalies';
import type { LayoutRow } from '@/api/warehouses';
import { groupBy } from '@/domain/group-by';
import { decide, patternOf } from '@/domain/warehouses/classify';
import { spellOut } from '@/domain/warehouses/patterns';

export interface Place {
  name: string;
  anomalies: number;
}

export interface Area {
  key: string;
  /** The layout row that the places belong to; null for those that no row knows. */
  row: LayoutRow | null;
  /** Places that stand above each other (the levels of a bay) are one stack. */
  stacks: Place[][];
}

export const MAX_CELLS = 6_000;
const natural = new Intl.Collator(undefined, { numeric: true });

/**
 * The warehouse as areas of cells: every location that the layout spells out, and beyond those only
 * the ones with anomalies. `complete` is false where the layout has too many to draw.
 */
export function areasOf(
  found: readonly Place[],
  layout: readonly LayoutRow[],
  withClean: boolean,
): { areas: Area[]; complete: boolean } {
  const patterns = layout.map(patternOf);
  const byRow = groupBy(
    found.filter((place) => place.name !== NO_LOCATION),
    (place) => decide(patterns, place.name),
  );
  let left = MAX_CELLS;
  let complete = true;
  const areas: Area[] = layout.map((row, index) => {
    const places = new Map((byRow.get(index) ?? []).map((place) => [place.name, place]));
    const pattern = patterns[index];
    if (withClean && pattern) {
      for (const name of spellOut(pattern)) {
        if (left === 0) {
          complete = false;
          break;
        }
        left -= 1;
        if (!places.has(name)) places.set(name, { name, anomalies: 0 });
      }
    }
    return { key: `${index}`, row, stacks: stacksOf([...places.values()]) };
  });
  const unknown = byRow.get(-1);
  if (unknown) areas.push({ key: 'unknown', row: null, stacks: stacksOf(unknown) });
  return { areas: areas.filter((area) => area.stacks.length > 0), complete };
}

/** `017A`, `017B` are levels of bay `017`; `RECV-01` and `RECV-02` stand beside each other. */
function stacksOf(places: Place[]): Place[][] {
  places.sort((a, b) => natural.compare(a.name, b.name));
  const bays = groupBy(places, ({ name }) => /^(.*\d)[-. ]?[A-Z]{1,2}$/.exec(name)?.[1] ?? name);
  return [...bays.values()];
}

/** 0 for none, then 1 to 4: few to many, on the scale of the worst place. */
export function heat(anomalies: number, worst: number): 0 | 1 | 2 | 3 | 4 {
  if (anomalies === 0) return 0;
  if (worst <= 4) return Math.min(4, anomalies) as 1 | 2 | 3 | 4;
  return Math.max(1, Math.ceil((4 * Math.log1p(anomalies)) / Math.log1p(worst))) as 1 | 2 | 3 | 4;
}
