import { describe, expect, it } from 'vitest';
import { ApiProblem } from '@/api/problem';
import { itemProblem } from './item-problem';

const takenBy = (pointer: string) =>
  new ApiProblem(409, '', [{ pointer, detail: 'item_1 has it.' }], null, null, 'taken');

describe('an item that was refused', () => {
  it.each([
    [takenBy('/sku'), { sku: 'taken' }],
    [takenBy('/gtin'), { gtin: 'taken' }],
    [new ApiProblem(409, 'It has movements in pcs.'), null],
    [new ApiProblem(422, '', [{ pointer: '/unit_cost', detail: 'No.' }]), { unit_cost: 'No.' }],
    [new ApiProblem(422, '', [{ pointer: '', detail: 'No.' }]), null],
  ])('%#: the fault is with %j', (error, problems) => {
    expect(itemProblem(error, 'taken')).toEqual(problems);
  });
});
