import { expect, it } from 'vitest';
import { mayMoveIn } from './moving';

const own = [
  { id: 'wh_a', role: 'operator' as const },
  { id: 'wh_b', role: 'viewer' as const },
];

it.each([
  ['an operator where they work', 'wh_a', 'operator', true],
  ['an operator where they only look', 'wh_b', 'operator', false],
  ['a manager who is no member there', 'wh_c', 'manager', false],
  ['an operator in the main warehouse', 'wh_main', 'operator', true],
  ['a viewer of the company, whatever they are there', 'wh_a', 'viewer', false],
  ['an administrator anywhere', 'wh_c', 'admin', true],
] as const)('moving stock: %s', (_, warehouse, role, may) => {
  expect(mayMoveIn(warehouse, role, own)).toBe(may);
});
