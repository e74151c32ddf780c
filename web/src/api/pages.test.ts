import { describe, expect, it } from 'vitest';
import { gather, type Page } from './pages';

/** Pages as the service may give them: filtered ones are short or empty, and still not the last. */
function list(pages: number[][]) {
  const asked: (string | undefined)[] = [];
  const read = (cursor: string | undefined): Promise<Page<number>> => {
    asked.push(cursor);
    const at = cursor ? Number(cursor) : 0;
    const next = at + 1 < pages.length ? String(at + 1) : null;
    return Promise.resolve({ entries: pages[at] ?? [], next });
  };
  return { asked, read };
}

describe('gather', () => {
  it('goes on over short and empty pages until enough is there', async () => {
    const { asked, read } = list([[1], [], [], [2, 3], [4]]);
    expect(await gather(read, { wanted: 3 })).toEqual({ entries: [1, 2, 3], next: '4' });
    expect(asked).toEqual([undefined, '1', '2', '3']);
  });

  it('takes a null cursor, and nothing else, for the end', async () => {
    const { read } = list([[], [], []]);
    expect(await gather(read, { wanted: 10 })).toEqual({ entries: [], next: null });
  });

  it('goes on where it stopped', async () => {
    const { read } = list([[1], [2], [3]]);
    expect(await gather(read, { wanted: 1, from: '1' })).toEqual({ entries: [2], next: '2' });
  });

  it('gives up the turn after its share of calls, without losing the place', async () => {
    const { asked, read } = list([[], [], [], [], [5]]);
    expect(await gather(read, { wanted: 1, calls: 2 })).toEqual({ entries: [], next: '2' });
    expect(asked).toHaveLength(2);
  });
});
