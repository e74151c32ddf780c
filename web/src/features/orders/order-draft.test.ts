import { describe, expect, it } from 'vitest';
import type { OrderLine } from '@/api/orders';
import {
  EMPTY_LINE,
  EMPTY_MOVED,
  lineFor,
  lineOf,
  linesOf,
  mostOf,
  movedOf,
  orderOf,
  withScan,
} from './order-draft';

const line = (more: Partial<OrderLine> = {}): OrderLine => ({
  line_id: '0001',
  item_id: 'item_1',
  item_name: 'Flour',
  sku: 'F-1',
  quantity: 10,
  unit: 'pcs',
  packs: false,
  pack_size: null,
  part_number: null,
  price: '2.50',
  amount: '25.00',
  costs: '0.00',
  base_quantity: 10,
  base_quantity_exact: null,
  base_unit: 'pcs',
  received: 4,
  shipped: null,
  returned: 1,
  open: 6,
  open_exact: null,
  ...more,
});

describe('a line that is ordered', () => {
  it('is in its unit, with its price', () => {
    const draft = { ...EMPTY_LINE, item_id: 'item_1', quantity: 3, unit: 'kg', price: ' 1,50' };
    expect(lineOf(draft)).toEqual({
      item_id: 'item_1',
      quantity: 3,
      packs: false,
      unit: 'kg',
      price: '1.50',
    });
  });

  it('in packs has no unit, and without a price that of the part', () => {
    const draft = { ...EMPTY_LINE, item_id: 'item_1', quantity: 3, unit: 'pcs', packs: true };
    expect(lineOf(draft)).toEqual({ item_id: 'item_1', quantity: 3, packs: true });
  });

  it('is sent again as it is', () => {
    const packs = line({ packs: true, pack_size: 12, price: '30' });
    expect(linesOf({ lines: [line(), packs] })).toEqual([
      { item_id: 'item_1', quantity: 10, packs: false, unit: 'pcs', price: '2.50' },
      { item_id: 'item_1', quantity: 10, packs: true, price: '30' },
    ]);
  });
});

it.each([
  ['purchase', { supplier_id: 'spl_1' }],
  ['sales', { customer: 'Ana' }],
] as const)('a new order of type %s has its partner', (type, partner) => {
  const draft = { ...EMPTY_LINE, item_id: 'item_1', quantity: 1, unit: 'pcs' };
  const order = orderOf({
    ...draft,
    type,
    supplier_id: 'spl_1',
    customer: ' Ana ',
    warehouse_id: '',
  });
  expect(order).toMatchObject({ type, ...partner });
  expect('supplier_id' in order && 'customer' in order).toBe(false);
});

describe('what is moved', () => {
  it('is at most what is open, or what was received and not returned', () => {
    expect(mostOf(line(), 'receive')).toBe(6);
    expect(mostOf(line(), 'return')).toBe(3);
    expect(mostOf(line({ received: null, shipped: 5 }), 'return')).toBe(4);
  });

  it('has the lines with a quantity alone', () => {
    const draft = { ...EMPTY_MOVED, quantity: 2, lot: ' l1 ', expiry_date: '2031-05-01' };
    const other = line({ line_id: '0002' });
    const drafts = { '0001': draft, '0002': EMPTY_MOVED };
    const [moved, ...rest] = movedOf([line(), other], drafts, 'receive');
    expect(rest).toEqual([]);
    expect(moved).toEqual({
      line_id: '0001',
      quantity: 2,
      serials: [],
      lot: 'L1',
      expiry_date: '2031-05-01',
    });
    expect(movedOf([line()], drafts, 'return')[0]).not.toHaveProperty('expiry_date');
  });
});

describe('a scanned label', () => {
  it('is one more, of its lot, with its serial number once', () => {
    const label = { lot: 'L2', expiry_date: null, serial: 'S1' };
    const once = withScan(EMPTY_MOVED, label);
    expect(once).toMatchObject({ quantity: 1, lot: 'L2', serials: 'S1' });
    expect(withScan(once, label)).toMatchObject({ quantity: 2, serials: 'S1' });
  });

  it('belongs to the first line of its item that is not full', () => {
    const lines = [line(), line({ line_id: '0002' }), line({ line_id: '0003', item_id: 'x' })];
    expect(lineFor(lines, {}, 'item_1', 'receive')?.line_id).toBe('0001');
    const full = { '0001': { ...EMPTY_MOVED, quantity: 6 } };
    expect(lineFor(lines, full, 'item_1', 'receive')?.line_id).toBe('0002');
    expect(lineFor(lines, {}, 'none', 'receive')).toBeUndefined();
  });
});
