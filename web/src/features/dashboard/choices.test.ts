import { expect, it } from 'vitest';
import { choicesOf, NO_WAREHOUSE } from './choices';

const report = (warehouse_id: string | null, status = 'ready') => ({
  warehouse_id,
  status,
  created_at: '2026-03-02T06:00:00Z',
});
const warehouses = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

it.each([
  ['the newest report decides', [report('b'), report('a'), report('b')], ['b', 'a', 'c']],
  ['one that is not analyzed does not', [report('c', 'queued'), report('a')], ['a', 'b', 'c']],
  [
    'reports without a warehouse stand together',
    [report(null), report('gone'), report('a')],
    [NO_WAREHOUSE, 'a', 'b', 'c'],
  ],
  ['nobody has sent anything', [], ['a', 'b', 'c']],
])('the dashboard is about a warehouse: %s', (_, reports, expected) => {
  expect(choicesOf(reports, warehouses)).toEqual(expected);
});
