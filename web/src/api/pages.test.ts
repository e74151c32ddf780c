import { describe, expect, it } from 'vitest';
import { gather, type Page } from './pages';

/** Pages as the service may give them: filtered ones are short or empty, and still not the last. */
function list(pages: number[][]) {
  const cursors: (string | undefined)[] = [];
  const read = (cursor: string | undefined): Promise<Page<number>> => {
    cursors.push(cursor);
    const offset = cursor ? Number(cursor) : 0;
    const next = offset + 1 < pages.length ? String(offset + 1) : null;
    return Promise.resolve({ entries: pages[offset] ?? [], next });
  };
  return { asked: cursors, read };
}

describe('gather', () => {
  it('goes on over short and empty pages until enough is there', async () => {
    const { asked: cursors, read } = list([[1], [], [], [2, 3], [4]]);
    expect(await gather(read, { count: 3 })).toEqual({ entries: [1, 2, 3], next: '4', leftOut: 0 });
    expect(cursors).toEqual([undefined, '1', '2', '3']);
  });

  it('takes a null cursor, and nothing else, for the end', async () => {
    const { read } = list([[], [], []]);
    expect(await gather(read, { count: 10 })).toEqual({ entries: [], next: null, leftOut: 0 });
  });

  it('goes on where it stopped', async () => {
    const { read } = list([[1], [2], [3]]);
    expect(await gather(read, { count: 1, from: '1' })).toEqual({
      entries: [2],
      next: '2',
      leftOut: 0,
    });
  });

  it('gives up the turn after its share of calls, without losing the place', async () => {
    const { asked: cursors, read } = list([[], [], [], [], [5]]);
    expect(await gather(read, { count: 1, calls: 2 })).toEqual({
      entries: [],
      next: '2',
      leftOut: 0,
    });
    expect(cursors).toHaveLength(2);
  });
});
