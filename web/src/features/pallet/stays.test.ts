import { describe, expect, it } from 'vitest';
import type { PalletStay } from '@/api/snapshots';
import { chaptersOf, factsOf } from './stays';

let count = 0;
const stay = (present: boolean, moved: boolean | null = null): PalletStay => ({
  report_id: `rep_${(count += 1)}`,
  as_of: '2026-03-02T06:00:00Z',
  scope: 'whole',
  present,
  moved,
  places: present ? [{ location: 'A', type: null }] : [],
  rows: present ? 1 : 0,
  items: [],
  anomalies: [],
});

const outlineOf = (stays: PalletStay[], complete = true) =>
  chaptersOf(stays, complete).map((chapter) =>
    chapter.kind === 'stay' ? chapter.how : `absent ${chapter.count}`,
  );

describe('the life of a pallet', () => {
  it('begins with its first snapshot, not before', () => {
    expect(outlineOf([stay(true, false), stay(true), stay(false), stay(false)])).toEqual([
      'stayed',
      'appeared',
    ]);
  });

  it('does not say that it appeared while there is more to read', () => {
    expect(outlineOf([stay(true)], false)).toEqual([null]);
    expect(outlineOf([stay(true), stay(false)], false)).toEqual([null, 'absent 1']);
  });

  it('tells of moves, of gaps as one, and of coming back', () => {
    const life = [stay(false), stay(true, true), stay(true), stay(false), stay(false), stay(true)];
    expect(outlineOf(life)).toEqual(['absent 1', 'moved', 'returned', 'absent 2', 'appeared']);
    expect(factsOf(life)).toMatchObject({ seen: 3, moves: 1, anomalies: 0 });
    expect(factsOf(life).first).toBe(life[5]);
  });

  it('of one that was never there is one gap', () => {
    expect(outlineOf([stay(false), stay(false)])).toEqual(['absent 2']);
    expect(factsOf([]).last).toBeUndefined();
  });
});
