import type { MappingRequest } from '@/api/reports';

export type DateOrder = NonNullable<MappingRequest['date_order']>;
export const DATE_ORDERS: readonly DateOrder[] = ['DMY', 'MDY', 'YMD'];

const SEPARATED = /^\s*(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})/;
const COMPACT: Record<DateOrder, RegExp> = {
  DMY: /^\s*(\d\d)(\d\d)(\d{4}|\d\d)\s*$/,
  MDY: /^\s*(\d\d)(\d\d)(\d{4}|\d\d)\s*$/,
  YMD: /^\s*(\d{4}|\d\d)(\d\d)(\d\d)\s*$/,
};

/**
 * What a date such as 03/04/2025 means under each order, for showing only: the analysis reads the
 * file itself. Null where the text cannot be a date in that order.
 */
export function readDate(text: string, order: DateOrder): Date | null {
  const parts = SEPARATED.exec(text) ?? COMPACT[order].exec(text);
  if (!parts) return null;
  const [first, second, third] = parts.slice(1).map(Number) as [number, number, number];
  const [day, month, year] = {
    DMY: [first, second, third],
    MDY: [second, first, third],
    YMD: [third, second, first],
  }[order] as [number, number, number];
  const full = year < 100 ? 2000 + year : year;
  const date = new Date(Date.UTC(full, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && full > 1900;
  return real ? date : null;
}

/** The sample that tells the orders apart best: one that several of them can read, differently. */
export function telling(samples: readonly string[]): string | undefined {
  const readings = (text: string) =>
    new Set(DATE_ORDERS.map((order) => readDate(text, order)?.getTime()).filter(Boolean)).size;
  return [...samples].sort((a, b) => readings(b) - readings(a))[0];
}

/** The orders in which at least one of the samples is a date. */
export function possibleOrders(samples: readonly string[]): DateOrder[] {
  return DATE_ORDERS.filter((order) => samples.some((text) => readDate(text, order) !== null));
}

/** A reading of the service: `03/04/2025 = 2025-04-03`, or a text that is no date then. */
export function serviceReading(sample: string): { text: string; date: Date | null } {
  const [, text = sample, day] =
    /^(.*) (?:= (\d{4}-\d\d-\d\d)|is no date then)$/s.exec(sample) ?? [];
  return { text, date: day ? new Date(day) : null };
}
