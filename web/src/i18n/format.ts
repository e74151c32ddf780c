import { knownZone } from './zones';

/** Numbers, dates and sizes as the reader writes them. Every moment is ISO 8601 text. */
export interface Format {
  /** Between the whole and its parts. */
  decimalSign: string;
  number: (value: number, digits?: number) => string;
  /** All its digits and no groups: a sign in it is the decimal one. */
  plainNumber: (value: number) => string;
  /** A share, whole; never 0 % of something, nor 100 % of less or more than all. */
  percent: (share: number) => string;
  /** A share that was set, with all its digits. */
  exactPercent: (share: number) => string;
  /** An amount of an ISO 4217 currency; whole from a thousand on. */
  money: (amount: number, currency: string) => string;
  /** An amount as a decimal text, with all its digits. */
  exactMoney: (amount: string, currency: string) => string;
  /** Day and minute; in `timezone` where given, which is then named. */
  dateTime: (iso: string, timezone?: string | null) => string;
  /** Day and month of a moment in a zone, for the foot of a chart. */
  day: (iso: string, timezone: string) => string;
  /** The day of a moment, where the reader is. */
  dayOf: (iso: string) => string;
  /** A calendar day of the API, `2026-03-31`, the same wherever the reader is. */
  date: (day: string) => string;
  /** A month of the API, `2026-03`; short for the foot of a chart. */
  month: (month: string) => string;
  shortMonth: (month: string) => string;
  /** A calendar day, spelled out so that day and month cannot be mixed up. */
  longDate: (day: Date) => string;
  /** "3 hours ago"; from a week on, the date. */
  ago: (iso: string, now?: Date) => string;
  bytes: (count: number) => string;
  /** The two largest units of a duration, rounded down: "25 days 18 hr". */
  duration: (seconds: number) => string;
  list: (words: readonly string[]) => string;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

const DURATION_UNITS = [
  { unit: 'day', seconds: 86_400, unitDisplay: 'long' },
  { unit: 'hour', seconds: 3600, unitDisplay: 'short' },
  { unit: 'minute', seconds: 60, unitDisplay: 'short' },
] as const;

export function createFormat(tag: string): Format {
  const dateTime = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  const plain = dateTime({ dateStyle: 'medium', timeStyle: 'short' });
  const day = dateTime({ dateStyle: 'medium' });
  const long = dateTime({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const share = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });

  const zoned = (iso: string, timeZone: string) =>
    dateTime({
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: knownZone(timeZone),
      timeZoneName: 'short',
    }).format(new Date(iso));

  const sign = new Intl.NumberFormat(tag).formatToParts(0.5).find(({ type }) => type === 'decimal');

  const duration = (seconds: number) => {
    let rest = Math.floor(Math.abs(seconds) + 0.001);
    const counts = DURATION_UNITS.map((unit) => {
      const count = Math.floor(rest / unit.seconds);
      rest -= count * unit.seconds;
      return { ...unit, count };
    });
    const first = counts.findIndex(({ count }, index) => count > 0 || index === counts.length - 1);
    return counts
      .slice(first, first + 2)
      .filter(({ count }, index) => count > 0 || index === 0)
      .map(({ count, unit, unitDisplay }) =>
        new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay }).format(count),
      )
      .join(' ');
  };

  return {
    decimalSign: sign?.value ?? '.',
    number: (value, digits = 1) =>
      new Intl.NumberFormat(tag, { maximumFractionDigits: digits }).format(value),
    plainNumber: (value) =>
      new Intl.NumberFormat(tag, { maximumFractionDigits: 10, useGrouping: false }).format(value),
    percent: (value) => {
      const whole = Math.round(value * 100);
      if (whole === 0 && value > 0) return `<${share.format(0.01)}`;
      if (whole === 100 && Math.abs(value - 1) > 1e-9) {
        return `>${share.format(value < 1 ? 0.99 : 1)}`;
      }
      return share.format(value);
    },
    exactPercent: (value) =>
      new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }).format(value),
    money: (amount, currency) =>
      new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        ...(Math.abs(amount) >= 1000 ? { maximumFractionDigits: 0 } : {}),
      }).format(amount),
    exactMoney: (amount, currency) =>
      new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        maximumFractionDigits: 20,
      }).format(amount as Intl.StringNumericLiteral),
    dateTime: (iso, timezone) => (timezone ? zoned(iso, timezone) : plain.format(new Date(iso))),
    day: (iso, timezone) =>
      dateTime({ day: 'numeric', month: 'short', timeZone: knownZone(timezone) }).format(
        new Date(iso),
      ),
    dayOf: (iso) => day.format(new Date(iso)),
    date: (text) => dateTime({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(text)),
    month: (month) =>
      dateTime({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(month)),
    shortMonth: (month) =>
      dateTime({ month: 'short', year: '2-digit', timeZone: 'UTC' }).format(new Date(month)),
    longDate: (moment) => long.format(moment),
    duration,
    ago: (iso, now = new Date()) => {
      const seconds = Math.round((new Date(iso).getTime() - now.getTime()) / 1000);
      const past = Math.abs(seconds);
      if (past < 60) return relative.format(Math.trunc(seconds), 'second');
      if (past < 3600) return relative.format(Math.trunc(seconds / 60), 'minute');
      if (past < 86_400) return relative.format(Math.trunc(seconds / 3600), 'hour');
      if (past < 7 * 86_400) return relative.format(Math.trunc(seconds / 86_400), 'day');
      return day.format(new Date(iso));
    },
    bytes: (count) => {
      const step = count < 1 ? 0 : Math.min(3, Math.floor(Math.log(count) / Math.log(1000)));
      return new Intl.NumberFormat(tag, {
        style: 'unit',
        unit: UNITS[step],
        unitDisplay: step === 0 ? 'long' : 'short',
        maximumFractionDigits: step > 1 ? 1 : 0,
      }).format(count / 1000 ** step);
    },
    list: (words) => new Intl.ListFormat(tag, { type: 'conjunction' }).format(words),
  };
}
