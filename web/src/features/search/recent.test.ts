import { expect, it } from 'vitest';
import { recallOpened, rememberOpened, type Opened } from './recent';

const shelf = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

const item = (id: string): Opened => ({
  type: 'item',
  id,
  title: `Bolt ${id}`,
  code: `W-${id}`,
  to: `/items/${id}`,
});

it('has what was opened last first, once, and not too much', () => {
  const kept = shelf();
  for (const id of ['1', '2', '3', '4', '5', '6', '7', '3']) rememberOpened(kept, 'ana', item(id));
  expect(recallOpened(kept, 'ana').map(({ id }) => id)).toEqual(['3', '7', '6', '5', '4', '2']);
  expect(recallOpened(kept, 'ben')).toEqual([]);
});

it.each(['{', '7', '[{"to": "https://elsewhere.example", "title": "x"}]', '[null]'])(
  'takes nothing from a shelf that has %s',
  (text) => {
    const kept = shelf();
    kept.setItem('stockwarden-opened-ana', text);
    expect(recallOpened(kept, 'ana')).toEqual([]);
  },
);

it('remembers nothing where storage is switched off', () => {
  const off = {
    getItem: () => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('denied');
    },
  };
  rememberOpened(off, 'ana', item('1'));
  expect(recallOpened(off, 'ana')).toEqual([]);
});
