import { useSyncExternalStore } from 'react';
import { Session, type Notice } from './renewal';
import { logOut, refresh, type SignedIn } from './tokens';

const NAME = 'stockwarden-session';
const PENDING = 'stockwarden-refresh-began';
const SETTLED_AFTER_MS = 3_000;
const LEAVING = ['beforeunload', 'pagehide'] as const;

const channel = new BroadcastChannel(NAME);

/**
 * Marks in storage that a refresh is under way. A page that is left breaks its requests off, while
 * the server carries them out all the same: then the mark stays, for the page that follows.
 */
async function markedRefresh(): Promise<SignedIn> {
  let leaving = false;
  const leave = () => {
    leaving = true;
  };
  LEAVING.forEach((name) => window.addEventListener(name, leave));
  write(String(Date.now()));
  try {
    return await refresh();
  } finally {
    LEAVING.forEach((name) => window.removeEventListener(name, leave));
    if (!leaving) write(null);
  }
}

function write(value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PENDING);
    else localStorage.setItem(PENDING, value);
  } catch {
    // Without storage a reload in the very moment of a refresh may end the session. So be it.
  }
}

async function settle(): Promise<void> {
  let began: number;
  try {
    began = Number(localStorage.getItem(PENDING) ?? 0);
  } catch {
    return;
  }
  const left = began + SETTLED_AFTER_MS - Date.now();
  if (left > 0 && left <= SETTLED_AFTER_MS) {
    await new Promise((resolve) => setTimeout(resolve, left));
  }
}

export const session = new Session({
  exclusively: <T>(work: () => Promise<T>) => navigator.locks.request(NAME, work) as Promise<T>,
  tell: (notice) => channel.postMessage(notice),
  refresh: markedRefresh,
  settle,
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
