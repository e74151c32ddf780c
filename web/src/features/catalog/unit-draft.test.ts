import { describe, expect, it } from 'vitest';
import { exactText, isExact, unitDraft, unitOf } from './unit-draft';

describe('an exact number', () => {
  it.each([
    ['12', '12'],
    ['1/12', '1/12'],
    [' 1 / 12 ', '1/12'],
    ['0,5', '0.5'],
    ['0.45359237', '0.45359237'],
  ])('%s is sent as %s', (typed, sent) => {
    expect(exactText(typed)).toBe(sent);
    expect(isExact(typed)).toBe(true);
  });

  it.each(['', 'a dozen', '1/', '-1', '1.2.3', '/12'])('is not %s', (typed) => {
    expect(isExact(typed)).toBe(false);
  });
});

it('a unit is made with its factor as typed', () => {
  const draft = { ...unitDraft(), code: ' box ', name: 'Box', factor: '12', decimals: '' as const };
  expect(unitOf(draft)).toEqual({
    code: 'box',
    name: 'Box',
    dimension: 'count',
    factor: '12',
    decimals: 0,
  });
});
