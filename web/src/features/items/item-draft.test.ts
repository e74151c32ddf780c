import { describe, expect, it } from 'vitest';
import type { Item } from '@/api/items';
import { draftOf, NEW_ITEM, patchOf, requestOf } from './item-draft';

const item: Item = {
  id: 'item_1',
  name: 'Pallet jack',
  sku: 'PJ-1',
  status: 'active',
  quantity: 20,
  quantity_exact: null,
  unit: 'pcs',
  category: null,
  supplier: null,
  inventory_type: null,
  reorder_point: 5,
  low_stock: false,
  unit_cost: '12.50',
  currency: 'EUR',
  created_at: '2026-03-02T06:00:00Z',
  updated_at: '2026-03-02T06:00:00Z',
  version: 3,
  description: null,
  reorder_quantity: null,
  gtin: null,
  storage_class: null,
  shelf_life_days: null,
  attributes: {},
};

describe('a new item', () => {
  it('is its name and unit, where no more is given', () => {
    expect(
      requestOf({ ...NEW_ITEM, name: ' Pallet jack ' }, { quantity: '', warehouse_id: 'wh_1' }),
    )
      // Without a quantity there is nothing anywhere.
      .toEqual({ name: 'Pallet jack', unit: 'pcs' });
  });

  it('has its quantity in a warehouse, and a currency with its cost', () => {
    const draft = { ...NEW_ITEM, name: 'Flour', unit: 'kg', unit_cost: 0.8 };
    expect(requestOf(draft, { quantity: 2.5, warehouse_id: 'wh_1' })).toEqual({
      name: 'Flour',
      unit: 'kg',
      unit_cost: '0.8',
      currency: 'EUR',
      quantity: 2.5,
      warehouse_id: 'wh_1',
    });
  });
});

describe('a change of an item', () => {
  it('is nothing where nothing differs', () => {
    expect(patchOf(item, draftOf(item))).toEqual({});
  });

  it('has what differs, and null for what is taken away', () => {
    const draft = { ...draftOf(item), name: 'Jack', reorder_point: '' as const, unit_cost: 13 };
    expect(patchOf(item, draft)).toEqual({ name: 'Jack', reorder_point: null, unit_cost: '13' });
    expect(patchOf(item, { ...draftOf(item), unit_cost: '' })).toEqual({
      unit_cost: null,
      currency: null,
    });
  });
});
