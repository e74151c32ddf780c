import { describe, expect, it } from 'vitest';
import type { Occupancy } from '@/api/snapshots';
import { addedUp, fillingBy } from './occupancy';

const area = (
  type: string | null,
  zone: string | null,
  pallets: number,
  capacity: number | null,
): Occupancy => ({
  type,
  zone,
  pallets,
  locations: 1,
  empty: 0,
  capacity,
  fill: capacity ? pallets / capacity : null,
});

describe('how full a warehouse is', () => {
  const areas = [
    area('STORAGE', 'COLD', 50, 100),
    area('STORAGE', 'DRY', 30, 300),
    area('DOCK', 'DRY', 9, null),
    area(null, null, 2, null),
    area('QUARANTINE', 'DRY', 0, null),
  ];

  it('is added up by zone, over what has a capacity', () => {
    expect(fillingBy(areas, 'zone')).toMatchObject([
      { key: 'DRY', pallets: 39, capacity: 300, fill: 0.1 },
      { key: 'COLD', pallets: 50, capacity: 100, fill: 0.5 },
      { key: null, pallets: 2, capacity: null, fill: null },
    ]);
  });

  it('leaves out types that have neither pallets nor a capacity', () => {
    expect(fillingBy(areas, 'type').map(({ key }) => key)).toEqual(['STORAGE', 'DOCK', null]);
  });

  it('has no share where no capacity is known', () => {
    expect(addedUp([area('DOCK', null, 9, null)])).toMatchObject({ pallets: 9, fill: null });
    expect(addedUp(areas)).toMatchObject({ pallets: 91, capacity: 400, fill: 0.2 });
  });
});
