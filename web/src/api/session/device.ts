const NAME = 'stockwarden-device';

/**
 * What tells this browser from others that may have got hold of its refresh token: the service
 * answers it the same again when a page was left before the answer came. Worth nothing by itself.
 * Without storage there is none, and a page left in that moment may end the session.
 */
export function deviceKey(): string | undefined {
  try {
    const kept = localStorage.getItem(NAME);
    if (kept) return kept;
    const made = crypto.randomUUID();
    localStorage.setItem(NAME, made);
    return made;
  } catch {
    return undefined;
  }
}
