import { describe, expect, it } from 'vitest';
import { goodsOf } from './goods';

const cell = (column: string, raw: string) => ({ sheet: 'S', row: 2, column, raw, parsed: raw });
const pallet = (changes: object = {}) => ({
  subject: { type: 'pallet' as const, id: 'P1' },
  details: {},
  evidence: [cell('Pallet', 'P1'), cell('Goods', 'TOMATO PASSATA')],
  ...changes,
});
const mapping = { Pallet: 'pallet_id', Goods: 'description' };

describe('what is on a pallet', () => {
  it('is what the rule tells, else what its column says', () => {
    expect(goodsOf(pallet({ details: { description: 'PEAS' } }), mapping)).toBe('PEAS');
    expect(goodsOf(pallet(), mapping)).toBe('TOMATO PASSATA');
  });

  it('is told of a stock line too', () => {
    const line = { type: 'stock_line' as const, id: 'X1 | - | A-1' };
    expect(goodsOf(pallet({ subject: line }), mapping)).toBe('TOMATO PASSATA');
  });

  it('is not guessed', () => {
    expect(goodsOf(pallet(), { Pallet: 'pallet_id' })).toBeNull();
    expect(goodsOf(pallet(), null)).toBeNull();
    expect(goodsOf(pallet({ evidence: [cell('Goods', ' ')] }), mapping)).toBeNull();
  });

  it('is not one thing for a location', () => {
    expect(goodsOf(pallet({ subject: { type: 'location', id: 'A-1' } }), mapping)).toBeNull();
  });
});
