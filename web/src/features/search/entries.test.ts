import { IconHome, IconPlus } from '@tabler/icons-react';
import { describe, expect, it } from 'vitest';
import type { SearchResult } from '@/api/search';
import { entriesOf } from './entries';

const found = (type: SearchResult['type'], id: string): SearchResult => ({
  type,
  id,
  title: id,
  subtitle: null,
  code: null,
  status: null,
  archived: false,
  matched: [],
  warehouse_id: 'wh_1',
  warehouse_name: 'Hall',
  report_id: 'rep_1',
  as_of: null,
});
const known = {
  pages: [{ label: 'Home', to: '/w/all', icon: IconHome }],
  actions: [{ label: 'New analysis', to: '/w/all/new', icon: IconPlus }],
  opened: [{ type: 'item' as const, id: '1', title: 'Bolts', code: 'W-1', to: '/items/1' }],
};
const names = (text: string, results: SearchResult[] = []) =>
  entriesOf(text, results, known).map(({ name, entries }) => [
    name,
    entries.map(({ title }) => title),
  ]);

describe('entriesOf', () => {
  it('has what was opened and all ways before anything is typed', () => {
    expect(names('')).toEqual([
      ['recent', ['Bolts']],
      ['actions', ['New analysis']],
      ['pages', ['Home']],
    ]);
  });

  it('groups what is found in the order of the best of each type, then the ways that fit', () => {
    const results = [found('supplier', 'a'), found('item', 'b'), found('supplier', 'c')];
    expect(names('ho', results)).toEqual([
      ['supplier', ['a', 'c']],
      ['item', ['b']],
      ['pages', ['Home']],
    ]);
  });

  it('keeps the same pallet of two warehouses apart', () => {
    const results = [found('pallet', 'P'), { ...found('pallet', 'P'), warehouse_id: 'wh_2' }];
    const keys = entriesOf('p', results, known).flatMap(({ entries }) => entries);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
  });

  it('has nothing for what fits nothing', () => {
    expect(names('zzz')).toEqual([]);
  });
});
