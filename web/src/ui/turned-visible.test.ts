import { describe, expect, it } from 'vitest';
import { turnedVisible } from './turned-visible';

describe('turnedVisible', () => {
  it.each([
    ['moved\u202e B710', 'moved[U+202E] B710'],
    ['\u2066a\u2069\u202ab\u202c', '[U+2066]a[U+2069][U+202A]b[U+202C]'],
    ['שלום, two\nlines 👩‍🔧', 'שלום, two\nlines 👩‍🔧'],
  ])('%j', (text, shown) => {
    expect(turnedVisible(text)).toBe(shown);
  });
});
