import { describe, expect, it } from 'vitest';
import { ApiProblem } from '@/api/problem';
import { itemProblem } from './item-problem';

describe('an item that was refused', () => {
  it.each([
    [new ApiProblem(409, 'Another item has the SKU A-1: item_1.'), { sku: 'taken' }],
    [new ApiProblem(409, 'Another item has the GTIN 1: item_1.'), { gtin: 'taken' }],
    [new ApiProblem(409, 'It has movements in pcs.'), null],
    [new ApiProblem(422, '', [{ pointer: '/unit_cost', detail: 'No.' }]), { unit_cost: 'No.' }],
    [new ApiProblem(422, '', [{ pointer: '', detail: 'No.' }]), null],
  ])('%#: the fault is with %j', (error, problems) => {
    expect(itemProblem(error, 'taken')).toEqual(problems);
  });
});
