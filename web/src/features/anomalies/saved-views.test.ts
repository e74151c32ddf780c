import { describe, expect, it } from 'vitest';
import { forgetViewsHere, isCurrent, viewsLeftHere, viewsOf, type SavedView } from './saved-views';

function shelf(texts: Record<string, string> = {}) {
  const stored = new Map(Object.entries(texts));
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    removeItem: (key: string) => void stored.delete(key),
  };
}

const urgent: SavedView = { name: 'Urgent', search: { priority: 'Very High', status: 'open' } };

describe('saved views', () => {
  it('of an earlier release are those of the person, and forgotten once they are taken', () => {
    const store = shelf({ 'stockwarden-views-ana': JSON.stringify([urgent]) });
    expect(viewsLeftHere(store, 'ana')).toEqual([urgent]);
    expect(viewsLeftHere(store, 'ben')).toEqual([]);
    forgetViewsHere(store, 'ana');
    expect(viewsLeftHere(store, 'ana')).toEqual([]);
  });

  it.each(['', 'null', '{}', '[1, {"name": 2}, {"name": "x"}]', 'no json'])(
    'are none in %j',
    (text) => {
      expect(viewsLeftHere(shelf({ 'stockwarden-views-ana': text }), 'ana')).toEqual([]);
    },
  );

  it('of the account are those of this list', () => {
    const stored = { name: 'Urgent', query: urgent.search, updated_at: '', version: 1 };
    expect(
      viewsOf([
        { ...stored, list: 'anomalies' },
        { ...stored, list: 'reports' },
      ]),
    ).toEqual([urgent]);
  });

  it('know whether the list shows them', () => {
    const shown = { status: 'open' as const, priority: 'Very High' as const, q: undefined };
    expect(isCurrent(urgent.search, { ...shown, anomaly: 'a' } as never)).toBe(true);
    expect(isCurrent(urgent.search, { ...shown, rule: 'expired' })).toBe(false);
  });
});
