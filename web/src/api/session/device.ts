const NAME = 'stockwarden-device';

/**
 * What tells this browser from others that may have got hold of its refresh token: the service
 * answers it the same again when a page was left before the answer came. Worth nothing by itself.
 * Without storage there is none, and a page left in that moment may end the session.
 */
export function deviceKey(): string | undefined {
  try {
    const storedKey = localStorage.getItem(NAME);
    if (storedKey) return storedKey;
    const newKey = crypto.randomUUID();
    localStorage.setItem(NAME, newKey);
    return newKey;
  } catch {
    return undefined;
  }
}
