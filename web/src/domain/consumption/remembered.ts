type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/** By person: whoever else signs in at this browser works on something else. */
const keyOf = (username: string) => `stockwarden-purpose-${username}`;

/** What the last thing was used for. */
export function recallPurpose(shelf: Shelf, username: string): string {
  try {
    return shelf.getItem(keyOf(username)) ?? '';
  } catch {
    // Storage that is switched off remembers nothing.
    return '';
  }
}

export function rememberPurpose(shelf: Shelf, username: string, purpose: string): void {
  try {
    shelf.setItem(keyOf(username), purpose);
  } catch {
    // As above.
  }
}
