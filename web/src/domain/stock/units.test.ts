import { expect, it } from 'vitest';
import type { Unit } from '@/api/catalog';
import { fittingUnits } from './units';

it('offers the units that measure the same', () => {
  const units = [
    { code: 'dozen', dimension: 'count' },
    { code: 'kg', dimension: 'mass' },
    { code: 'pcs', dimension: 'count' },
  ] as Unit[];
  expect(fittingUnits(units, 'pcs')).toEqual(['pcs', 'dozen']);
  expect(fittingUnits([], 'pcs')).toEqual(['pcs']);
});
