import { describe, expect, it } from 'vitest';
import { splitAtNewestWhole, wholeSnapshots } from './whole-snapshots';

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
