import { describe, expect, it } from 'vitest';
import { readNumber, separated } from './number-reading';

describe('reading numbers in a notation', () => {
  it.each([
    ['1,234', '1,234.56', 1234],
    ['1,234', '1.234,56', 1.234],
    ['1.234', '1,234.56', 1.234],
    ['1.234', '1.234,56', 1234],
    ['-12,345,678.5', '1,234.56', -12_345_678.5],
    ['1 234,5', '1.234,56', 1234.5],
    ["1'234.50", '1,234.56', 1234.5],
    ['12', '1.234,56', 12],
    ['7', '1,234.56', 7],
    ['1,234 kg', '1,234.56', 1234],
    ['12,5', '1,234.56', null],
    ['1.234.567', '1,234.56', null],
    ['1.5,2', '1,234.56', null],
    ['1234,567', '1,234.56', null],
    ['', '1,234.56', null],
    ['many', '1.234,56', null],
  ] as const)('%s as %s is %s', (text, notation, value) => {
    expect(readNumber(text, notation)).toBe(value);
  });

  it('shows those with a separator', () => {
    expect(separated(['12', '1,234', 'A.B', '0.5 kg'])).toEqual(['1,234', '0.5 kg']);
  });
});
