import { describe, expect, it } from 'vitest';
import { countedText, ledgerOf } from './snapshot-text';

const format = { number: (value: number) => String(value) };

describe('the quantities of a file', () => {
  it('stand by themselves for each unit', () => {
    const quantities = [
      { quantity: 6, unit: 'EA' },
      { quantity: 4.5, unit: 'KG' },
    ];
    expect(countedText(format, quantities)).toBe('6 EA, 4.5 KG');
  });
  it('may have no unit, and may be none', () => {
    expect(countedText(format, [{ quantity: 6, unit: null }])).toBe('6');
    expect(countedText(format, [])).toBe('');
  });
});

describe('what the ledger has in a warehouse', () => {
  it('is the sum of its places there', () => {
    const balances = [
      { warehouse_id: 'w1', quantity: 3 },
      { warehouse_id: 'w2', quantity: 9 },
      { warehouse_id: 'w1', quantity: 4 },
    ];
    expect(ledgerOf(balances, 'w1')).toBe(7);
    expect(ledgerOf(balances, 'w3')).toBe(0);
  });
});
