import { describe, expect, it } from 'vitest';
import { aisleOf, areasOf, fullness, heat, type Place } from './location-areas';

const place = (name: string, changes: Partial<Place> = {}): Place => ({
  name,
  anomalies: 0,
  pallets: 1,
  capacity: 1,
  ...changes,
});
const row = (location_pattern: string, location_type = 'STORAGE', capacity = 1) => ({
  location_pattern,
  location_type,
  capacity,
});

describe('the areas of a map', () => {
  it('follow the rows of the layout, with what is empty where that is wanted', () => {
    const inUse = [place('002A', { anomalies: 3 }), place('RECV-01'), place('X9')];
    const layout = [row('{001..002}{A..B}'), row('RECV-*', 'RECEIVING')];
    const names = (withEmpty: boolean) =>
      areasOf(inUse, layout, withEmpty).areas.map((area) => [
        area.row?.location_pattern ?? null,
        ...area.aisles.flatMap((aisle) =>
          aisle.stacks.map((stack) => stack.map(({ name }) => name).join(' ')),
        ),
      ]);
    expect(names(true)).toEqual([
      ['{001..002}{A..B}', '001A 001B', '002A 002B'],
      ['RECV-*', 'RECV-01'],
      [null, 'X9'],
    ]);
    expect(names(false)[0]).toEqual(['{001..002}{A..B}', '002A']);
  });

  it('take the capacity of what is empty from the layout', () => {
    const { areas } = areasOf([], [row('D-1', 'DOCK', 8)], true);
    expect(areas[0]?.aisles[0]?.stacks).toEqual([
      [{ name: 'D-1', anomalies: 0, pallets: 0, capacity: 8 }],
    ]);
  });

  it('are drawn by aisle, levels of a bay above each other', () => {
    const codes = ['B-01-1', 'A-10-1', 'A-02-2', 'A-02-1'];
    const { areas } = areasOf(
      codes.map((code) => place(code)),
      [row('*')],
      true,
    );
    expect(
      areas[0]?.aisles.map(({ name, stacks }) => [
        name,
        ...stacks.map((stack) => stack.map((location) => location.name).join(' ')),
      ]),
    ).toEqual([
      ['A', 'A-02-1 A-02-2', 'A-10-1'],
      ['B', 'B-01-1'],
    ]);
  });

  it.each([
    ['A-07-2', 'A'],
    ['B12-04', 'B12'],
    ['RECV-01', ''],
    ['017A', ''],
  ])('%s is in the aisle "%s"', (code, aisle) => {
    expect(aisleOf(code)).toBe(aisle);
  });
});

describe('colours', () => {
  it('go from few to many anomalies', () => {
    expect([0, 1, 3, 4].map((count) => heat(count, 4))).toEqual([0, 1, 3, 4]);
    expect([0, 1, 50, 400].map((count) => heat(count, 400))).toEqual([0, 1, 3, 4]);
  });

  it('go from empty to more than fits', () => {
    const shades = [0, 1, 4, 5, 8, 9].map((pallets) => fullness({ pallets, capacity: 8 }));
    expect(shades).toEqual([0, 1, 2, 3, 4, 5]);
    expect(fullness({ pallets: 7, capacity: null })).toBe(2);
    expect(fullness({ pallets: 1, capacity: 0 })).toBe(5);
  });
});
