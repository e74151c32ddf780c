import { describe, expect, it } from 'vitest';
import { createFormat } from '@/i18n/format';
import { personOf, quantityText, signedText } from './quantity';

const format = createFormat('en-GB');

describe('quantities', () => {
  it('stand with their unit, as fine as they are', () => {
    expect(quantityText(format, 1234.125, 'kg')).toBe('1,234.125 kg');
  });

  it.each([
    [20, '+20'],
    [-3.5, '−3.5'],
    [0, '0'],
  ])('%d of a movement is %s', (quantity, text) => {
    expect(signedText(format, quantity)).toBe(text);
  });
});

describe('who moved it', () => {
  it('is a name, and no id', () => {
    expect(personOf('ines')).toBe('ines');
    expect(personOf('usr_633dd4e7')).toBeUndefined();
  });
});
