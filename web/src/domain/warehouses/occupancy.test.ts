import { describe, expect, it } from 'vitest';
import type { Occupancy } from '@/api/snapshots';
import { addedUp, fillColor, fillingBy, inLayout, worstFill } from './occupancy';

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

  it('does not let an average hide what is too full', () => {
    const general = [
      area('STORAGE', 'GENERAL', 100, 200),
      area('DOCK', 'GENERAL', 24, 6),
      area('STAGING', 'GENERAL', 18, 10),
    ];
    const [zone] = fillingBy(general, 'zone');
    expect(zone?.fill).toBeLessThan(0.9);
    expect(zone?.overfull).toEqual([
      { type: 'DOCK', zone: 'GENERAL', fill: 4 },
      { type: 'STAGING', zone: 'GENERAL', fill: 1.8 },
    ]);
    expect(fillColor(worstFill(zone!))).toBe('var(--priority-very-high)');
    expect(fillingBy(areas, 'zone').every(({ overfull }) => overfull.length === 0)).toBe(true);
  });

  it('counts as in the layout only what the layout knows', () => {
    const snapshot = (outside_layout: number | null, areas: Occupancy[]) => ({
      report_id: 'rep',
      as_of: '2026-03-02T06:00:00Z',
      scope: 'whole' as const,
      pallets: 0,
      outside_layout,
      areas,
    });
    const counted = [
      { ...area('STORAGE', null, 300, 512), locations: 195, empty: 61 },
      { ...area(null, null, 20, null), locations: 13 },
    ];
    expect(inLayout(snapshot(13, counted))).toEqual({ used: 195, all: 256, outside: 13 });
    // As the service answered before it counted what is outside.
    expect(inLayout(snapshot(null, counted))).toEqual({ used: 195, all: 256, outside: 13 });
    // A file may give a type to a location that the layout does not know.
    const typed = [counted[0]!, { ...area('DOCK', null, 20, null), locations: 13 }];
    expect(inLayout(snapshot(13, typed))).toEqual({ used: 195, all: 256, outside: 13 });
    expect(inLayout(snapshot(null, [area('DOCK', null, 9, null)]))).toBeNull();
  });

  it('has no share where no capacity is known', () => {
    expect(addedUp([area('DOCK', null, 9, null)])).toMatchObject({ pallets: 9, fill: null });
    expect(addedUp(areas)).toMatchObject({ pallets: 91, capacity: 400, fill: 0.2 });
  });
});
