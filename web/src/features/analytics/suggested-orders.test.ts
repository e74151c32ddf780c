import { describe, expect, it } from 'vitest';
import type { LowStockItem } from '@/api/analytics';
import type { Order, OrderRequest } from '@/api/orders';
import { canBeOrdered, drawUp, suggestedOrders } from './suggested-orders';

type Offer = NonNullable<LowStockItem['offer']>;

const offer = (supplier_id: string, more: Partial<Offer> = {}): Offer => ({
  supplier_id,
  supplier_name: supplier_id,
  chosen: 'cheapest',
  part_number: 'N-1',
  packs: 2,
  pack_size: 12,
  price: '6.00',
  currency: 'EUR',
  lead_time_days: 3,
  lead_time_from: 'part',
  ...more,
});

const low = (item_id: string, more: Partial<LowStockItem> = {}): LowStockItem => ({
  item_id,
  name: item_id,
  sku: item_id,
  unit: 'pcs',
  category: null,
  quantity: 1,
  reserved: 0,
  free: 1,
  on_order: 0,
  expected_at: null,
  reorder_point: 5,
  suggested_quantity: 24,
  offer: offer('acme'),
  daily_use: 1,
  days_left: 1,
  runs_out_on: null,
  order_by: null,
  is_late: false,
  unknown: [],
  ...more,
});

describe('suggested orders', () => {
  it('are one for each supplier, with a line for each item', () => {
    const orders = suggestedOrders(
      [low('bolt'), low('nut', { offer: offer('bolts & co') }), low('washer')],
      'wh_1',
    );
    expect(orders.map(({ supplier_id, lines }) => [supplier_id, lines.length])).toEqual([
      ['acme', 2],
      ['bolts & co', 1],
    ]);
    expect(orders[0]).toEqual({
      type: 'purchase',
      supplier_id: 'acme',
      currency: 'EUR',
      warehouse_id: 'wh_1',
      costs: [],
      lines: [
        { item_id: 'bolt', quantity: 2, packs: true, price: '6.00' },
        { item_id: 'washer', quantity: 2, packs: true, price: '6.00' },
      ],
    });
  });

  it('are apart for each currency', () => {
    const dollars = offer('acme', { currency: 'USD' });
    expect(suggestedOrders([low('bolt'), low('nut', { offer: dollars })], undefined)).toHaveLength(
      2,
    );
  });

  it('leave out what nobody sells, and what is on order', () => {
    const items = [low('bolt', { offer: null }), low('nut', { suggested_quantity: 0 })];
    expect(items.map(canBeOrdered)).toEqual([false, false]);
    expect(suggestedOrders(items, undefined)).toEqual([]);
  });

  it('have no more lines than the service takes', () => {
    const items = Array.from({ length: 501 }, (_, index) => low(`item_${index}`));
    expect(suggestedOrders(items, undefined).map(({ lines }) => lines.length)).toEqual([500, 1]);
  });
});

describe('drawing up', () => {
  const requests = suggestedOrders(
    ['acme', 'bolts', 'cogs'].map((supplier) => low(supplier, { offer: offer(supplier) })),
    'wh_1',
  );
  const drawnBy = async (create: (request: OrderRequest) => Promise<Order>) => {
    const drawn: (string | null | undefined)[] = [];
    const drawing = drawUp(requests, create, (_, { supplier_id }) => drawn.push(supplier_id));
    return { drawn, error: await drawing.catch((error: unknown) => error) };
  };

  it('tells each order that stands', async () => {
    const { drawn, error } = await drawnBy(() => Promise.resolve({} as Order));
    expect(drawn).toEqual(['acme', 'bolts', 'cogs']);
    expect(error).toBeUndefined();
  });

  it('ends at one that fails, with those before it told', async () => {
    const refusal = new Error('no');
    const { drawn, error } = await drawnBy(({ supplier_id }) =>
      supplier_id === 'bolts' ? Promise.reject(refusal) : Promise.resolve({} as Order),
    );
    expect(drawn).toEqual(['acme']);
    expect(error).toBe(refusal);
  });
});
