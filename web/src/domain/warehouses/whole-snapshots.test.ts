import { describe, expect, it } from 'vitest';
import { openCount, splitAtNewestWhole, wholeSnapshots } from './whole-snapshots';

const snapshot = (id: string, scope: 'whole' | 'part') => ({ id, scope });
const [monday, tuesday, wednesday] = [
  snapshot('monday', 'whole'),
  snapshot('tuesday', 'part'),
  snapshot('wednesday', 'part'),
];

describe('a warehouse and its parts', () => {
  it('is shown by its newest whole snapshot', () => {
    expect(splitAtNewestWhole([wednesday, tuesday, monday])).toEqual({
      shown: monday,
      since: [wednesday, tuesday],
    });
    expect(splitAtNewestWhole([monday, tuesday])).toEqual({ shown: monday, since: [] });
  });

  it('is shown by a part where there is nothing else', () => {
    expect(splitAtNewestWhole([wednesday, tuesday])).toEqual({ shown: wednesday, since: [] });
    expect(splitAtNewestWhole([])).toEqual({ shown: undefined, since: [] });
  });

  it('is drawn over time without the parts', () => {
    expect(wholeSnapshots([wednesday, monday])).toEqual([monday]);
  });
});

describe('what is open in a warehouse', () => {
  const counted = (scope: 'whole' | 'part', total: number, Resolved?: number) => ({
    scope,
    total,
    by_status: (Resolved === undefined ? {} : { Resolved }) as Record<string, number>,
  });

  it.each([
    ['all of it but what is resolved', [counted('whole', 9, 4), counted('whole', 50)], 5],
    ['all of it, where nothing is resolved', [counted('whole', 9)], 9],
    ['no one number once a part was sent', [counted('part', 2), counted('whole', 9)], undefined],
    ['no number without a snapshot', [], undefined],
  ])('is %s', (_, snapshots, expected) => {
    expect(openCount(snapshots)).toBe(expected);
  });
});
