import { describe, expect, it } from 'vitest';
import { standing, wholes } from './wholes';

const snapshot = (id: string, scope: 'whole' | 'part') => ({ id, scope });
const [monday, tuesday, wednesday] = [
  snapshot('monday', 'whole'),
  snapshot('tuesday', 'part'),
  snapshot('wednesday', 'part'),
];

describe('a warehouse and its parts', () => {
  it('is shown by its newest whole snapshot', () => {
    expect(standing([wednesday, tuesday, monday])).toEqual({
      shown: monday,
      since: [wednesday, tuesday],
    });
    expect(standing([monday, tuesday])).toEqual({ shown: monday, since: [] });
  });

  it('is shown by a part where there is nothing else', () => {
    expect(standing([wednesday, tuesday])).toEqual({ shown: wednesday, since: [] });
    expect(standing([])).toEqual({ shown: undefined, since: [] });
  });

  it('is drawn over time without the parts', () => {
    expect(wholes([wednesday, monday])).toEqual([monday]);
  });
});
