import { describe, expect, it } from 'vitest';
import {
  isCurrent,
  MOST_VIEWS,
  readViews,
  withView,
  writeViews,
  type SavedView,
} from './saved-views';

function shelf(texts: Record<string, string> = {}) {
  const stored = new Map(Object.entries(texts));
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
}

const urgent: SavedView = { name: 'Urgent', search: { priority: 'Very High', status: 'open' } };

describe('saved views', () => {
  it('are kept for each person', () => {
    const store = shelf();
    writeViews(store, 'ana', [urgent]);
    expect(readViews(store, 'ana')).toEqual([urgent]);
    expect(readViews(store, 'ben')).toEqual([]);
  });

  it.each(['', 'null', '{}', '[1, {"name": 2}, {"name": "x"}]', 'no json'])(
    'are none in %j',
    (text) => {
      expect(readViews(shelf({ 'stockwarden-views-ana': text }), 'ana')).toEqual([]);
    },
  );

  it('replace one of the same name, and the oldest when there are too many', () => {
    const again = { name: 'Urgent', search: { status: 'New' as const } };
    expect(withView([urgent], again)).toEqual([again]);
    const many = Array.from({ length: MOST_VIEWS }, (_, n) => ({ name: `${n}`, search: {} }));
    expect(withView(many, urgent).map(({ name }) => name)).toEqual([
      ...many.slice(1).map(({ name }) => name),
      'Urgent',
    ]);
  });

  it('know whether the list shows them', () => {
    const shown = { status: 'open' as const, priority: 'Very High' as const, q: undefined };
    expect(isCurrent(urgent.search, { ...shown, anomaly: 'a' } as never)).toBe(true);
    expect(isCurrent(urgent.search, { ...shown, rule: 'expired' })).toBe(false);
  });
});
