import { describe, expect, it } from 'vitest';
import { es } from '@/i18n/es';
import { factsOf } from '@/i18n/facts';
import { createFormat } from '@/i18n/format';
import { plural } from '@/i18n/plural';
import { floodOf } from './flood';

const pattern = { pattern: 'A-99-99', count: 1_200, example: 'A-12-03' };
const details = {
  subjects: 1_500,
  judged: 2_000,
  example: 'A-12-03',
  patterns: [pattern],
};
const flood = { subject: { type: 'rule' as const, id: 'unknown-location' }, details };

describe('a flood', () => {
  it('says how many, of how many, and what they look like', () => {
    expect(floodOf(flood)).toEqual({
      subjects: 1_500,
      judged: 2_000,
      patterns: [pattern],
      inPlaces: false,
    });
    const placed = { subjects: 1, judged: 2, location_patterns: [pattern] };
    expect(floodOf({ ...flood, details: placed })).toMatchObject({
      patterns: [pattern],
      inPlaces: true,
    });
  });

  it('has no patterns in lists, and none that are something else', () => {
    const short = { subjects: 1_500, judged: 2_000 };
    expect(floodOf({ ...flood, details: short })).toMatchObject({ ...short, patterns: [] });
    const odd = { ...details, patterns: [null, 'A', { pattern: 'A' }, pattern] };
    expect(floodOf({ ...flood, details: odd })?.patterns).toEqual([pattern]);
  });

  it('is no anomaly about one subject', () => {
    expect(floodOf({ subject: { type: 'location', id: 'A-1' }, details })).toBeNull();
  });

  it('has a Spanish sentence with its likely cause', () => {
    const { sentences } = es(plural('es'));
    const sentence = sentences.flood!(factsOf(flood, createFormat('es-ES')));
    expect(sentence.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(
      'El 75 % de lo comprobado tiene esta anomalía (1500 de 2000); por ejemplo, A-12-03. ' +
        'Puede que el plano no corresponda a este archivo.',
    );
  });
});
