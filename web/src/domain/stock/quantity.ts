import type { Format } from '@/i18n/format';

/** How fine the service tells a quantity. */
const DIGITS = 9;

/** "20 pcs", as the reader writes numbers. */
export const quantityText = (
  { number }: Pick<Format, 'number'>,
  quantity: number,
  unit: string,
): string => `${number(quantity, DIGITS)} ${unit}`;

/** What a movement added or took: "+20", "−3", with the sign that is as wide as a plus. */
export function signedText({ number }: Pick<Format, 'number'>, quantity: number): string {
  const digits = number(Math.abs(quantity), DIGITS);
  if (quantity === 0) return digits;
  return quantity > 0 ? `+${digits}` : `−${digits}`;
}

/** Whoever moved it, by a name; accounts of which only the id is told have none. */
export const personOf = (by: string): string | undefined =>
  by.startsWith('usr_') ? undefined : by;
