import type { Format } from './format';

/** What a rule found out about an anomaly, for a sentence in another language than the service's. */
export interface Facts {
  subject: string;
  location: string;
  /** A number, written as the reader writes it. */
  number: (name: string, digits?: number) => string;
  /** The share that one number is of another. */
  percent: (part: string, whole: string) => string;
  /** A number of hours, or of `unit` seconds each, as a duration: "25 días 18 h". */
  duration: (name: string, unit?: number) => string;
  text: (name: string) => string;
  list: (name: string) => string;
  flag: (name: string) => boolean;
}

/** A sentence wanted something that the anomaly does not tell. */
export class NoSuchFact extends Error {}

interface Source {
  subject: { id: string };
  location?: string | null;
  details: Record<string, unknown>;
}

export function factsOf(
  { subject, location, details }: Source,
  { number, percent, list, duration }: Pick<Format, 'number' | 'percent' | 'list' | 'duration'>,
): Facts {
  const known = <T>(name: string, fits: (value: unknown) => value is T): T => {
    const value = details[name];
    if (!fits(value)) throw new NoSuchFact(name);
    return value;
  };
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  const isText = (value: unknown): value is string => typeof value === 'string';
  const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
  const isList = (value: unknown): value is unknown[] => Array.isArray(value);
  return {
    subject: subject.id,
    location: location ?? '',
    number: (name, digits) => number(known(name, isNumber), digits),
    percent: (part, whole) => percent(known(part, isNumber) / known(whole, isNumber)),
    duration: (name, unit = 3600) => duration(known(name, isNumber) * unit),
    text: (name) => known(name, isText),
    list: (name) => list(known(name, isList).map((item) => (isText(item) ? item : '–'))),
    flag: (name) => known(name, isFlag),
  };
}
