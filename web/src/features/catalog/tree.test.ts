import { describe, expect, it } from 'vitest';
import type { Category } from '@/api/catalog';
import { possibleParents, treeOf, type Branch } from './tree';

const category = (id: string, parent: string | null, items = 0, archived = false): Category => ({
  id,
  name: id.toUpperCase(),
  parent_id: parent,
  archived,
  items,
  path: [],
  created_at: '',
  updated_at: '',
  version: 1,
});

const LIST = [
  category('drinks', null, 1),
  category('juices', 'drinks', 2, true),
  category('apple', 'juices', 4),
  category('water', 'drinks', 8),
  category('tools', null),
];

const drawn = (branches: Branch[]): unknown[] =>
  branches.map(({ category: { id }, total, children }) => [id, total, ...drawn(children)]);

describe('the tree of categories', () => {
  it('counts the items of what is below', () => {
    expect(drawn(treeOf(LIST, true))).toEqual([
      ['drinks', 15, ['juices', 6, ['apple', 4]], ['water', 8]],
      ['tools', 0],
    ]);
  });

  it('keeps what is below an archived one', () => {
    expect(drawn(treeOf(LIST, false))).toEqual([
      ['drinks', 13, ['apple', 4], ['water', 8]],
      ['tools', 0],
    ]);
  });

  it.each([
    ['drinks', ['tools']],
    ['apple', ['drinks', 'water', 'tools']],
    ['tools', ['drinks', 'apple', 'water']],
  ])('has no place for %s below itself', (id, parents) => {
    expect(possibleParents(LIST, id).map((each) => each.id)).toEqual(parents);
  });
});
