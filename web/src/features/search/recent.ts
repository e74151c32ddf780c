import type { ResultType } from '@/api/search';
import type { Target } from './targets';

/** Something that was opened from the search. */
export interface Opened extends Target {
  type: ResultType;
  id: string;
  title: string;
  code: string | null;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

const KEPT = 6;

/** By person: whoever else signs in at this browser sees nothing of it. */
const keyOf = (username: string) => `stockwarden-opened-${username}`;

export function recallOpened(shelf: Shelf, username: string): Opened[] {
  try {
    const stored: unknown = JSON.parse(shelf.getItem(keyOf(username)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isOpened) : [];
  } catch {
    // Storage that is switched off, or that somebody has written into, remembers nothing.
    return [];
  }
}

export function rememberOpened(shelf: Shelf, username: string, opened: Opened): void {
  const others = recallOpened(shelf, username).filter(
    ({ type, id }) => type !== opened.type || id !== opened.id,
  );
  try {
    shelf.setItem(keyOf(username), JSON.stringify([opened, ...others].slice(0, KEPT)));
  } catch {
    // As above.
  }
}

const isOpened = (value: unknown): value is Opened =>
  typeof value === 'object' &&
  value !== null &&
  'to' in value &&
  typeof value.to === 'string' &&
  value.to.startsWith('/') &&
  'title' in value &&
  typeof value.title === 'string';
