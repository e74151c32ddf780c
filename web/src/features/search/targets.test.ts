import { expect, it } from 'vitest';
import type { ResultType } from '@/api/search';
import { targetOf } from './targets';

it.each<[ResultType, string, object | undefined]>([
  ['item', 'item_1', { to: '/items/item_1' }],
  ['category', 'cat_1', { to: '/items', search: { category: 'cat_1' } }],
  ['supplier', 'spl_1', { to: '/items/suppliers/spl_1' }],
  ['order', 'ord_1', { to: '/orders/ord_1' }],
  ['kit', 'item_1', { to: '/items/item_1' }],
  ['pallet', 'P/1', { to: '/w/wh_1/pallets/P%2F1' }],
  ['stock_line', 'TEA | L | A', { to: '/w/wh_1/pallets/TEA%20%7C%20L%20%7C%20A' }],
  ['location', '001A', { to: '/reports/rep_1', search: { view: 'anomalies', location: '001A' } }],
])('leads from %s %s', (type, id, expected) => {
  expect(targetOf({ type, id, warehouse_id: 'wh_1', report_id: 'rep_1' })).toEqual(expected);
});
