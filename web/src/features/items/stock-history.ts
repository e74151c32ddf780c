import type { Movement } from '@/api/movements';

export interface StockLevel {
  at: string;
  quantity: number;
}

type Change = Pick<Movement, 'effective_at' | 'quantity' | 'to'>;

/** Sums of decimals are off at the sixteenth digit; nobody gives a quantity that fine. */
const tidy = (quantity: number): number => Number(quantity.toPrecision(12));

/** What a movement added to the stock of all places: a transfer leaves it as it was. */
const added = ({ quantity, to }: Change): number => (to ? 0 : quantity);

/**
 * What there was after each moment at which something changed, oldest first, told back from what
 * there is now. `movements` are newest first; if they are `all`, it begins with nothing.
 */
export function stockHistory(
  quantity: number,
  movements: readonly Change[],
  { now, all }: { now: string; all: boolean },
): StockLevel[] {
  const levels: StockLevel[] = [{ at: now, quantity }];
  let level = quantity;
  for (const movement of movements) {
    const change = added(movement);
    if (change === 0) continue;
    const latest = levels.at(-1);
    if (latest?.at !== movement.effective_at)
      levels.push({ at: movement.effective_at, quantity: level });
    level = tidy(level - change);
  }
  const first = levels.at(-1);
  if (all && levels.length > 1 && first) levels.push({ at: first.at, quantity: 0 });
  return levels.reverse();
}

/** The corners of the line: a level holds until the next one begins. */
export function steps(levels: readonly StockLevel[]): StockLevel[] {
  return levels.flatMap((level, index) => {
    const before = levels[index - 1];
    return before && before.at !== level.at
      ? [{ at: level.at, quantity: before.quantity }, level]
      : [level];
  });
}
