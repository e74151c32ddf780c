import type { MappingRequest } from '@/api/reports';

export type NumberFormat = NonNullable<MappingRequest['number_format']>;
export const NUMBER_FORMATS: readonly NumberFormat[] = ['1,234.56', '1.234,56'];

const NUMBER = /^\s*([-+]?)(\d[\d.,'’ \u00a0\u202f]*\d|\d)(?:\s*[^\d\s.,].*)?$/;
const BLANKS = /['’ \u00a0\u202f]/g;

/**
 * What a number such as 1,234 means in a notation, for showing only: the analysis reads the file
 * itself. A unit after it is passed over. Null where the text is no number in that notation.
 */
export function readNumber(text: string, notation: NumberFormat): number | null {
  const [, sign, digits] = NUMBER.exec(text) ?? [];
  if (!digits) return null;
  const [thousands, decimal] = notation === '1,234.56' ? [',', '.'] : ['.', ','];
  const [whole = '', fraction, ...more] = digits.replace(BLANKS, '').split(decimal);
  const [first = '', ...groups] = whole.split(thousands);
  const grouped = groups.length === 0 || (first.length <= 3 && groups.every(isGroup));
  if (more.length > 0 || !grouped || fraction?.includes(thousands)) return null;
  return Number(`${sign}${first}${groups.join('')}.${fraction ?? 0}`);
}

const isGroup = (digits: string) => digits.length === 3;

/** The text of a reading of the service, `1,234 = 1.234`. */
export const readText = (sample: string): string => sample.replace(/ = [^=]*$/, '');

/** The texts that have a separator: only they are read differently. */
export const separated = (samples: readonly string[]): string[] =>
  samples.filter((text) => /\d[.,]\d/.test(text));
