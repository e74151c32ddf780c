import { useSyncExternalStore } from 'react';
import { Session, type Notice } from './renewal';
import { logOut, refresh, type SignedIn } from './tokens';

const NAME = 'stockwarden-session';

const channel = new BroadcastChannel(NAME);

export const session = new Session({
  exclusively: <T>(work: () => Promise<T>) => navigator.locks.request(NAME, work) as Promise<T>,
  tell: (notice) => channel.postMessage(notice),
  refresh,
  now: Date.now,
});

channel.onmessage = (event: MessageEvent<Notice>) => session.hear(event.data);

/** Ends the session here and on the server. Raises Unreachable if the server was not told. */
export async function signOut(): Promise<void> {
  try {
    await navigator.locks.request(NAME, () => logOut(session.current?.token));
  } finally {
    session.end();
  }
}

export function useSession(): SignedIn | null {
  return useSyncExternalStore(session.subscribe, () => session.current);
}
