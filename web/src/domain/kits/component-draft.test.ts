import { expect, it } from 'vitest';
import { ApiProblem } from '@/api/problem';
import { componentsOf, draftOf, emptyLine, lineProblems } from './component-draft';

const component = {
  item_id: 'item_1',
  name: 'Bolt',
  sku: 'B',
  quantity: 2,
  unit: 'dozen',
  base_quantity: 24,
  base_quantity_exact: null,
  base_unit: 'pcs',
  is_kit: false,
};

it('sends back what it was given', () => {
  expect(componentsOf(draftOf([component]))).toEqual([
    { item_id: 'item_1', quantity: 2, unit: 'dozen' },
  ]);
});

it('leaves out a unit that is not chosen', () => {
  expect(componentsOf([{ ...emptyLine('a'), item_id: 'item_2', quantity: 3 }])).toEqual([
    { item_id: 'item_2', quantity: 3 },
  ]);
});

it('says what is wrong at the line', () => {
  const errors = [{ pointer: '/components/1/item_id', detail: 'A → B → A' }];
  expect(lineProblems(new ApiProblem(422, 'One field is wrong.', errors), 2)).toEqual({
    'lines.1.item_id': 'A → B → A',
  });
  expect(lineProblems(new ApiProblem(409, 'No.'), 2)).toBeNull();
});
