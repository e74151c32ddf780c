import { describe, expect, it } from 'vitest';
import { en } from './en';
import { es } from './es';
import { plural } from './plural';

const english = en(plural('en')).report;
const spanish = es(plural('es')).report;

/** Codes of the service: the compiler does not know them, so it misses none of them. */
describe.each(['rowReason', 'skipReason', 'need', 'asOfSource', 'layoutSource'] as const)(
  'the words for each %s',
  (name) => {
    it('are there in both languages', () => {
      expect(Object.keys(spanish[name]).sort()).toEqual(Object.keys(english[name]).sort());
    });
  },
);
