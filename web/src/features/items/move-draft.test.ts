import { describe, expect, it } from 'vitest';
import type { Balance } from '@/api/items';
import { ApiProblem } from '@/api/problem';
import {
  firstDraft,
  knownCodes,
  movementOf,
  problemAt,
  thereNow,
  type MoveDraft,
} from './move-draft';

const item = { id: 'item_1', unit: 'pcs' };

const at = (warehouse_id: string, location: string | null, quantity: number): Balance => ({
  item_id: 'item_1',
  warehouse_id,
  location,
  lot: null,
  quantity,
  quantity_exact: null,
});

const draft: MoveDraft = {
  warehouse_id: 'wh_1',
  location: ' a-1 ',
  lot: '',
  expiry_date: '2027-01-01',
  serials: '',
  quantity: 3,
  unit: 'pcs',
  reason: ' ',
};

describe('where a movement begins', () => {
  const warehouses = ['wh_1', 'wh_2'];
  it.each([
    ['its only place', [at('wh_2', 'B-1', 4), at('wh_1', null, 0)], 'all', 'wh_2', 'B-1'],
    ['the chosen warehouse', [at('wh_2', 'B-1', 4), at('wh_2', 'B-2', 4)], 'wh_1', 'wh_1', ''],
    ['the warehouse of all of it', [at('wh_2', 'B-1', 4), at('wh_2', 'B-2', 4)], 'all', 'wh_2', ''],
    ['nowhere, where there is a choice', [], 'all', '', ''],
    ['not where one may not move', [at('wh_9', 'Z-1', 4)], 'all', '', ''],
  ])('%s', (_, balances, scope, warehouse, location) => {
    expect(firstDraft(item, balances, warehouses, scope)).toMatchObject({
      warehouse_id: warehouse,
      location,
    });
  });

  it('is that of the lot on the label', () => {
    const balances = [
      { ...at('wh_1', 'A-1', 4), lot: 'L1' },
      { ...at('wh_2', 'B-1', 4), lot: 'L2' },
    ];
    const label = { lot: 'L2', expiry_date: '2027-01-31', serial: 'S1' };
    expect(firstDraft(item, balances, warehouses, 'all', label)).toMatchObject({
      warehouse_id: 'wh_2',
      location: 'B-1',
      lot: 'L2',
      expiry_date: '2027-01-31',
      serials: 'S1',
    });
    const unknown = { ...label, lot: 'L3' };
    expect(firstDraft(item, balances, warehouses, 'wh_1', unknown)).toMatchObject({
      warehouse_id: 'wh_1',
      location: '',
      lot: 'L3',
    });
  });

  it('in the only warehouse', () => {
    expect(firstDraft(item, [], ['wh_1'], 'all').warehouse_id).toBe('wh_1');
  });
});

describe('a movement', () => {
  it('says what is given, with codes as the service keeps them', () => {
    expect(movementOf(item, 'issue', draft)).toEqual({
      item_id: 'item_1',
      kind: 'issue',
      warehouse_id: 'wh_1',
      quantity: 3,
      serials: [],
      location: 'A-1',
    });
  });

  it('names unit and expiry date only where they say something', () => {
    const received = movementOf(item, 'receipt', { ...draft, lot: 'l1', unit: 'dozen' });
    expect(received).toMatchObject({ lot: 'L1', unit: 'dozen', expiry_date: '2027-01-01' });
    expect(movementOf(item, 'issue', { ...draft, lot: 'l1' })).not.toHaveProperty('expiry_date');
  });
});

describe('what is known of places', () => {
  const balances = [at('wh_1', 'A-1', 4), at('wh_1', 'A-2', 0), at('wh_2', 'B-1', 9)];
  it('is what there is at the one that is typed', () => {
    expect(thereNow(balances, draft)).toBe(4);
    expect(thereNow(balances, { ...draft, location: '' })).toBe(0);
  });

  it('is where there is something', () => {
    expect(knownCodes(balances, 'wh_1', 'location')).toEqual(['A-1']);
    expect(knownCodes(balances, 'wh_1', 'lot')).toEqual([]);
  });
});

describe('what is wrong', () => {
  const fields = ['quantity', 'unit'];
  const invalid = (pointer: string) => new ApiProblem(422, '', [{ pointer, detail: 'No.' }]);
  it.each([
    ['/unit', { unit: 'No.' }],
    ['/quantity', { quantity: 'No.' }],
    ['/lines/0/quantity', null],
    ['', null],
    ['/item_id', null],
  ])('at %s is with %j', (pointer, problems) => {
    expect(problemAt(invalid(pointer), fields)).toEqual(problems);
  });

  it('is with the quantity where there is too little', () => {
    const conflict = new ApiProblem(409, 'There are 5 pcs.', [], null, null, 'stock-conflict');
    expect(problemAt(conflict, fields)).toEqual({ quantity: 'There are 5 pcs.' });
  });

  it('is with no field of any other error', () => {
    expect(problemAt(new Error('offline'), fields)).toBeNull();
  });
});
