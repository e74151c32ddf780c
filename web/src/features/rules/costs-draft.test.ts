import { describe, expect, it } from 'vitest';
import type { Costs } from '@/api/rules';
import { costsDraft, costsRequest, isComplete } from './costs-draft';

const COSTS: Costs = {
  currency: 'EUR',
  pallet_hour: 0.05,
  handling_minute: 0.6,
  pallet_value: 500,
  rules: {
    expired: { formula: '', minutes: 10, share: 1, default_minutes: 10, default_share: 1 },
    'cold-chain': { formula: '', minutes: 4, share: 0.29, default_minutes: 10, default_share: 0.5 },
  },
  version: 3,
  updated_at: null,
  updated_by: null,
};

describe('the prices of a warehouse', () => {
  it('keep what was set, and leave to the rules what is their own', () => {
    expect(costsRequest(COSTS, costsDraft(COSTS))).toEqual({
      currency: 'EUR',
      pallet_hour: 0.05,
      handling_minute: 0.6,
      pallet_value: 500,
      rules: { 'cold-chain': { minutes: 4, share: 0.29 } },
    });
  });

  it('are typed in percent', () => {
    const draft = costsDraft(COSTS);
    draft.rules.expired = { minutes: 10, percent: 12.5 };
    draft.rules['cold-chain'] = { minutes: 10, percent: 50 };
    expect(costsRequest(COSTS, draft).rules).toEqual({ expired: { share: 0.125 } });
  });

  it.each([
    ['euro', 1, false],
    ['MXN', 0, true],
    ['MXN', '' as const, false],
    ['MXN', 1_000_001, false],
  ])('with currency %s and a price of %s: complete is %s', (currency, price, complete) => {
    const draft = costsDraft(COSTS);
    draft.currency = currency;
    draft.prices.pallet_value = price;
    expect(isComplete(draft)).toBe(complete);
  });
});
