import { describe, expect, it } from 'vitest';
import { fits, partsOf } from './parts';

describe('partsOf', () => {
  it.each([
    ['Bolts M8', [[0, 5]], ['[Bolts]', ' M8']],
    [
      'Bolts M8',
      [
        [0, 2],
        [6, 8],
      ],
      ['[Bo]', 'lts ', '[M8]'],
    ],
    ['Bolts', [], ['Bolts']],
    ['🧰 Toolbox', [[3, 7]], ['🧰 ', '[Tool]', 'box']],
  ])('marks %s', (text, ranges, expected) => {
    const parts = partsOf(text, ranges).map(({ text, marked }) => (marked ? `[${text}]` : text));
    expect(parts).toEqual(expected);
  });
});

describe('fits', () => {
  it.each([
    ['New analysis', 'ana', true],
    ['New analysis', 'analysis ne', true],
    ['Análisis nuevo', 'analisis', true],
    ['Analisis', 'análi', true],
    ['New analysis', 'lysis', false],
    ['New analysis', 'new report', false],
    ['New analysis', '', true],
  ])('%s, typed as %s', (label, query, expected) => {
    expect(fits(label, query)).toBe(expected);
  });
});
