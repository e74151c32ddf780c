import type { Schemas } from '@/api/client';
import type { CountLine } from '@/api/counts';

/** A place that is to be counted; what the book has there is not known of all. */
export interface CountedPlace {
  item_id: string;
  item_name: string;
  location: string | null;
  lot: string | null;
  quantity?: number;
  unit?: string;
}

export const samePlace = (one: CountedPlace, other: CountedPlace): boolean =>
  one.item_id === other.item_id && one.location === other.location && one.lot === other.lot;

export function requestOf(
  warehouse: string,
  places: readonly CountedPlace[],
  note: string,
): Schemas['CountRequest'] {
  const lines = places.map(({ item_id, location, lot }) => ({
    warehouse_id: warehouse,
    item_id,
    ...(location ? { location } : {}),
    ...(lot ? { lot } : {}),
  }));
  return { lines, ...(note.trim() ? { note: note.trim() } : {}) };
}

/** What was counted of each line, and when: what moves afterwards is no difference. */
export type Counted = Readonly<Record<string, { quantity: number; at: string }>>;

export const missingOf = (lines: readonly CountLine[], counted: Counted): number =>
  lines.filter(({ line }) => counted[line] === undefined).length;

/** What the book is off by at the moment of opening. */
export const varianceOf = ({ line, expected }: CountLine, counted: Counted): number | undefined => {
  const found = counted[line];
  // Both have nine digits after the point at most, and binary numbers have more.
  return found && Number((found.quantity - expected).toFixed(9));
};

export const differingOf = (lines: readonly CountLine[], counted: Counted): number =>
  lines.filter((line) => varianceOf(line, counted)).length;

export const postingOf = (
  lines: readonly CountLine[],
  counted: Counted,
): Schemas['CountPosting'] => ({
  lines: lines.flatMap(({ line }) => {
    const found = counted[line];
    return found ? [{ line, quantity: found.quantity, counted_at: found.at }] : [];
  }),
});
