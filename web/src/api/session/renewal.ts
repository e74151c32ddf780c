import { hasStatus, SignedOut } from '../problem';
import type { SignedIn } from './tokens';

/** What one tab tells the others. */
export type Notice = { kind: 'signed-in'; session: SignedIn } | { kind: 'signed-out' };

export interface Surroundings {
  /** Runs `work` while no other tab of this browser runs theirs. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  tell: (notice: Notice) => void;
  refresh: () => Promise<SignedIn>;
  now: () => number;
}

const EARLY_MS = 60_000;

/**
 * The session as this tab knows it. One refresh does for all tabs: it runs one at a time, and the
 * tab that made it hands the new access token to the others. That only saves requests; should two
 * be sent all the same, as when pages are reloaded, the service answers this device twice.
 */
export class Session {
  private known: SignedIn | null = null;
  /** Known to be over: there is nothing to renew until someone signs in. */
  private over = false;
  private renewing: Promise<SignedIn> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly surroundings: Surroundings) {}

  get current(): SignedIn | null {
    return this.known;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A token that is good for another minute at least. Raises SignedOut, Unreachable. */
  async token(): Promise<string> {
    const known = this.known;
    if (known && this.isFresh(known)) return known.token;
    return (await this.renew(known?.token)).token;
  }

  /** A token other than `rejected`, which the service no longer takes. */
  async renew(rejected?: string): Promise<SignedIn> {
    if (this.over) throw new SignedOut('The session is over.');
    const known = this.known;
    if (known && known.token !== rejected && this.isFresh(known)) return known;
    this.renewing ??= this.renewExclusively(rejected).finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  /** After signing in here. */
  begin(session: SignedIn): void {
    this.adopt(session);
    this.surroundings.tell({ kind: 'signed-in', session });
  }

  /** After signing out here, or when the service says that the session is over. */
  end(): void {
    this.forget();
    this.surroundings.tell({ kind: 'signed-out' });
  }

  /** What another tab told. */
  hear(notice: Notice): void {
    if (notice.kind === 'signed-out') this.forget();
    else if (this.known?.token !== notice.session.token) this.adopt(notice.session);
  }

  private async renewExclusively(rejected: string | undefined): Promise<SignedIn> {
    const { exclusively, refresh } = this.surroundings;
    return exclusively(async () => {
      // Another tab may have renewed while this one waited for its turn.
      const current = this.known;
      if (current && current.token !== rejected && this.isFresh(current)) return current;
      try {
        const session = await refresh();
        this.begin(session);
        return session;
      } catch (error) {
        if (!hasStatus(error, 401)) throw error;
        this.end();
        throw new SignedOut('The session is over.', { cause: error });
      }
    });
  }

  private isFresh(session: SignedIn): boolean {
    return session.expiresAt - this.surroundings.now() > EARLY_MS;
  }

  private adopt(session: SignedIn): void {
    this.known = session;
    this.over = false;
    this.listeners.forEach((listener) => listener());
  }

  private forget(): void {
    if (this.over) return;
    this.known = null;
    this.over = true;
    this.listeners.forEach((listener) => listener());
  }
}
