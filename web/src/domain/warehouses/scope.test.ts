import { describe, expect, it } from 'vitest';
import { ALL, firstScope, recallScope, rememberScope } from './scope';

const report = (warehouse_id: string | null, status = 'ready') => ({ warehouse_id, status });
const warehouses = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

describe('one begins', () => {
  it.each([
    ['where one was last', 'c', [report('b')], 'c'],
    ['elsewhere if that warehouse is gone', 'gone', [report('b')], 'b'],
    ['not in all of them because one was there last', ALL, [report('b')], 'b'],
    ['where the newest report is', null, [report('b'), report('a')], 'b'],
    ['where nothing waits to be analyzed', null, [report('c', 'queued'), report('a')], 'a'],
    ['with all, where the newest is of none', null, [report(null), report('a')], ALL],
    ['with all, where the warehouse of the newest is gone', null, [report('gone')], ALL],
    ['in the first, where nothing was sent', null, [], 'a'],
  ])('%s', (_, remembered, reports, expected) => {
    expect(firstScope(remembered, warehouses, reports)).toBe(expected);
  });

  it('with all, where there is no warehouse', () => {
    expect(firstScope('a', [], [])).toBe(ALL);
  });
});

describe('where one was last', () => {
  const shelf = () => {
    const stored = new Map<string, string>();
    return {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    };
  };

  it('is remembered for each person', () => {
    const store = shelf();
    rememberScope(store, 'ana', 'a');
    expect(recallScope(store, 'ana')).toBe('a');
    expect(recallScope(store, 'ben')).toBeNull();
  });

  it('is nowhere, without storage', () => {
    const off = () => {
      throw new Error('off');
    };
    expect(() => rememberScope({ getItem: off, setItem: off }, 'ana', 'a')).not.toThrow();
    expect(recallScope({ getItem: off, setItem: off }, 'ana')).toBeNull();
  });
});
