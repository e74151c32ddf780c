import { expect, it } from 'vitest';
import { recallPurpose, rememberPurpose } from './remembered';
import { firstWarehouse, requestOf, type UseDraft } from './use-draft';

const draft: UseDraft = {
  warehouse_id: 'wh_1',
  quantity: 2,
  unit: 'pcs',
  purpose: ' Cake ',
  note: '',
  serials: '',
  components: false,
};
const item = { id: 'item_1', unit: 'pcs' };

it('begins where one works, if it is there, else where it is', () => {
  const here = [{ warehouse_id: 'wh_1', quantity: 3 }];
  const both = [...here, { warehouse_id: 'wh_2', quantity: 1 }];
  expect(firstWarehouse(both, ['wh_1', 'wh_2'], 'wh_2')).toBe('wh_2');
  expect(firstWarehouse(here, ['wh_1', 'wh_2'], 'wh_2')).toBe('wh_1');
  expect(firstWarehouse([], ['wh_1', 'wh_2'], 'wh_2')).toBe('wh_2');
  expect(firstWarehouse(both, ['wh_1', 'wh_2'], 'all')).toBe('');
  expect(firstWarehouse([], ['wh_1'], 'all')).toBe('wh_1');
});

it('sends what is said, and nothing that is not', () => {
  expect(requestOf(item, draft, null, [])).toEqual({
    item_id: 'item_1',
    warehouse_id: 'wh_1',
    quantity: 2,
    components: false,
    serials: [],
    purpose: 'Cake',
  });
  expect(requestOf(item, { ...draft, unit: 'dozen' }, 'L1', ['S1'])).toMatchObject({
    unit: 'dozen',
    lot: 'L1',
    serials: ['S1'],
  });
  const components = requestOf(item, { ...draft, components: true }, 'L1', ['S1']);
  expect(components).not.toHaveProperty('lot');
  expect(components.serials).toEqual([]);
});

it('remembers what for, by person', () => {
  const kept = new Map<string, string>();
  const shelf = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  rememberPurpose(shelf, 'ana', 'Cake');
  expect(recallPurpose(shelf, 'ana')).toBe('Cake');
  expect(recallPurpose(shelf, 'ben')).toBe('');
});
