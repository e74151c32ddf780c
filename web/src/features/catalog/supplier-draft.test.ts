import { describe, expect, it } from 'vitest';
import { partDraft, partOf, supplierDraft, supplierOf } from './supplier-draft';

describe('a supplier', () => {
  it('has nothing for what is empty', () => {
    expect(supplierOf({ ...supplierDraft(), name: ' Acme ' })).toEqual({
      name: 'Acme',
      contact: null,
      website: null,
      currency: 'EUR',
      lead_time_days: null,
      minimum_order: null,
      notes: null,
    });
  });

  it('has of a contact what is known', () => {
    const draft = {
      ...supplierDraft(),
      name: 'Acme',
      contact_email: 'a@acme.example',
      lead_time_days: 0,
    };
    expect(supplierOf({ ...draft, lead_time_days: 0 })).toMatchObject({
      contact: { email: 'a@acme.example' },
      lead_time_days: 0,
    });
  });
});

describe('a part', () => {
  it('is in the currency of its supplier unless another is given', () => {
    const draft = { ...partDraft(undefined, 'USD'), part_number: 'X-1', pack_size: 12, price: 3.5 };
    expect(partOf(draft)).toEqual({
      part_number: 'X-1',
      pack_size: 12,
      unit: 'pcs',
      price: '3.5',
      currency: 'USD',
      lead_time_days: null,
      minimum_packs: null,
    });
  });

  it('may be for nothing', () => {
    expect(partOf({ ...partDraft(undefined, 'EUR'), price: 0 }).price).toBe('0');
  });
});
