import { describe, expect, it } from 'vitest';
import { decide, patternOf, shadowedBy } from './classify';
import { countCodes, firstCodes, fits, PatternError, readPattern } from './patterns';

describe('patterns', () => {
  it.each([
    ['RECV-{01..04}', ['RECV-01', 'RECV-04'], ['RECV-05', 'RECV-1', 'RECV-001', 'XRECV-01']],
    ['A-0[1-5]-*', ['A-01-', 'A-05-XYZ'], ['A-06-X', 'A-01']],
    ['{001..999}{A..D}', ['001A', '999D'], ['000A', '001E', '1A', '1000A']],
    ['{1..12}', ['1', '12', '9'], ['0', '01', '13']],
    ['{9..101}', ['9', '10', '99', '101'], ['8', '09', '102', '1000']],
    ['{DOCK,BAY-{1..3}}', ['DOCK', 'BAY-1', 'BAY-3'], ['BAY-', 'BAY-4', 'DOCK-1']],
    ['[!X]?', ['A1', 'ZZ'], ['X1', 'A', 'A12']],
    ['{007..012}', ['007', '010', '012'], ['006', '013', '7']],
    ['dock-1', ['DOCK-1'], ['DOCK-2']],
    ['*A*B*', ['AB', 'XAYBZ'], ['BA', 'A']],
  ])('%s', (text, inside, outside) => {
    const pattern = readPattern(text);
    expect(inside.filter((code) => !fits(pattern, code))).toEqual([]);
    expect(outside.filter((code) => fits(pattern, code))).toEqual([]);
  });

  it.each([
    ['{001..999}{A..D}', 3996, ['001A', '001B', '001C']],
    ['RECV-{01..04}', 4, ['RECV-01', 'RECV-02', 'RECV-03']],
    ['{A,B-{1..2}}', 3, ['A', 'B-1', 'B-2']],
    ['QC-01', 1, ['QC-01']],
    ['K-*', null, []],
    ['[!A]1', null, []],
  ])('%s spells out %s codes', (text, count, first) => {
    const pattern = readPattern(text);
    expect(countCodes(pattern)).toBe(count);
    expect(firstCodes(pattern, 3)).toEqual(first);
  });

  it('spells out the first of a huge range at once', () => {
    expect(firstCodes(readPattern('{000000000000..999999999999}'), 1)).toEqual(['000000000000']);
  });

  it.each([
    ['', { fault: 'empty' }],
    ['A]', { fault: 'closesNothing', sign: ']', position: 2 }],
    ['A-{01..04', { fault: 'neverClosed', sign: '{', position: 3 }],
    ['A-[01', { fault: 'neverClosed', sign: '[', position: 3 }],
    ['{04..01}', { fault: 'backwards', range: '{04..01}' }],
    ['[9-1]', { fault: 'backwards', range: '9-1' }],
    ['{A..12}', { fault: 'noRange', range: '{A..12}' }],
    ['{A}', { fault: 'lonely' }],
    ['{A..D,X}', { fault: 'nestedRange' }],
  ])('%j is refused with the reason', (text, what) => {
    expect(() => readPattern(text)).toThrow(PatternError);
    try {
      readPattern(text);
    } catch (error) {
      expect((error as PatternError).fault).toEqual(what);
    }
  });

  it('is not slowed down by many stars', () => {
    const pattern = readPattern('*A'.repeat(60));
    expect(fits(pattern, 'A'.repeat(59) + 'B'.repeat(140))).toBe(false);
  });
});

describe('a layout', () => {
  const layout = (...texts: string[]) =>
    texts.map((location_pattern) => patternOf({ location_pattern }));

  it('is decided by the first row that matches, after trimming and upper-casing', () => {
    const patterns = layout('RECV-01', '{broken', 'RECV-*', '*');
    expect(decide(patterns, ' recv-01 ')).toBe(0);
    expect(decide(patterns, 'RECV-02')).toBe(2);
    expect(decide(patterns, 'X')).toBe(3);
    expect(decide(layout('A'), 'B')).toBe(-1);
  });

  it('tells a row that no code can reach', () => {
    expect(shadowedBy(layout('RECV-*', 'RECV-{01..04}'), 1)).toBe(0);
    expect(shadowedBy(layout('A-*', 'a-*'), 1)).toBe(0);
    expect(shadowedBy(layout('RECV-01', 'RECV-{01..04}'), 1)).toBeNull();
    expect(shadowedBy(layout('A-*', 'B-*'), 1)).toBeNull();
  });
});
