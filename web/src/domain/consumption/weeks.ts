export interface Week {
  /** Its first day, as an ISO 8601 date. */
  start: string;
  quantity: number;
}

const DAY = 86_400_000;

/** What was used in each week of a period, also in those without anything; the last one ends with
 * the period. */
export function weeksOf(
  first: string,
  last: string,
  days: readonly { day: string; quantity: number }[],
): Week[] {
  const [begin, end] = [Date.parse(first), Date.parse(last)];
  const count = Math.max(1, Math.ceil(((end - begin) / DAY + 1) / 7));
  const start = end - (count * 7 - 1) * DAY;
  const weeks = Array.from({ length: count }, (_, index) => ({
    start: new Date(Math.max(begin, start + index * 7 * DAY)).toISOString().slice(0, 10),
    quantity: 0,
  }));
  for (const { day, quantity } of days) {
    const week = weeks[Math.floor((Date.parse(day) - start) / (7 * DAY))];
    if (week) week.quantity += quantity;
  }
  return weeks;
}
