import { describe, expect, it, vi } from 'vitest';
import { ApiProblem, SignedOut, Unreachable } from '../problem';
import { Session, type Notice, type Surroundings } from './renewal';
import type { SignedIn } from './tokens';

const HOUR = 3_600_000;

/** A browser: tabs that share one lock and one channel, and a server that rotates strictly. */
class Browser {
  now = 0;
  cookie = 0;
  refreshes = 0;
  ended = false;
  private line: Promise<unknown> = Promise.resolve();
  private readonly tabs: Session[] = [];

  tab(overrides: Partial<Surroundings> = {}): Session {
    const tab: Session = new Session({
      exclusively: (work) => {
        const turn = this.line.then(work);
        this.line = turn.catch(() => undefined);
        return turn;
      },
      tell: (notice: Notice) => {
        // Like a BroadcastChannel: everyone but the sender, later.
        void Promise.resolve().then(() =>
          this.tabs.filter((other) => other !== tab).forEach((other) => other.hear(notice)),
        );
      },
      refresh: () => this.refresh(),
      now: () => this.now,
      ...overrides,
    });
    this.tabs.push(tab);
    return tab;
  }

  private async refresh(): Promise<SignedIn> {
    const sent = this.cookie;
    await Promise.resolve();
    if (this.ended || sent !== this.cookie) {
      this.ended = true;
      throw new ApiProblem(401, 'The session is over.');
    }
    this.cookie += 1;
    this.refreshes += 1;
    return this.signedIn(`token ${this.cookie}`);
  }

  signedIn(token: string): SignedIn {
    return { token, expiresAt: this.now + HOUR, username: 'ana', role: 'member' };
  }
}

describe('a session', () => {
  it('is restored by one refresh, however many ask at once', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    const tokens = await Promise.all([tab.token(), tab.token(), tab.token()]);
    expect(tokens).toEqual(['token 1', 'token 1', 'token 1']);
    expect(browser.refreshes).toBe(1);
  });

  it('is renewed one tab at a time, and the others take over the new token', async () => {
    const browser = new Browser();
    const tabs = [browser.tab(), browser.tab(), browser.tab()];
    const tokens = await Promise.all(tabs.map((tab) => tab.token()));
    expect(new Set(tokens)).toEqual(new Set(['token 1']));
    expect(browser.refreshes).toBe(1);
    expect(browser.ended).toBe(false);
  });

  it('is renewed a minute before its token expires', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    tab.begin(browser.signedIn('first'));
    browser.now += HOUR - 61_000;
    expect(await tab.token()).toBe('first');
    browser.now += 2_000;
    expect(await tab.token()).toBe('token 1');
  });

  it('replaces a token that the service refuses, but only that one', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    tab.begin(browser.signedIn('refused'));
    expect((await tab.renew('refused')).token).toBe('token 1');
    expect((await tab.renew('refused')).token).toBe('token 1');
    expect(browser.refreshes).toBe(1);
  });

  it('is over when the service says so, in every tab, without asking again', async () => {
    const browser = new Browser();
    const [firstTab, secondTab] = [browser.tab(), browser.tab()];
    const listener = vi.fn();
    secondTab.begin(browser.signedIn('known'));
    await Promise.resolve();
    secondTab.subscribe(listener);
    browser.ended = true;
    await expect(firstTab.renew('known')).rejects.toBeInstanceOf(SignedOut);
    await Promise.resolve();
    expect(secondTab.current).toBeNull();
    expect(listener).toHaveBeenCalledOnce();
    await expect(secondTab.token()).rejects.toBeInstanceOf(SignedOut);
    expect(browser.refreshes).toBe(0);
  });

  it('stays when the service cannot be reached', async () => {
    const browser = new Browser();
    const tab = browser.tab({ refresh: () => Promise.reject(new Unreachable('down')) });
    tab.begin(browser.signedIn('old'));
    browser.now += 2 * HOUR;
    await expect(tab.token()).rejects.toBeInstanceOf(Unreachable);
    expect(tab.current?.token).toBe('old');
  });

  it('can be begun again after it was over', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    tab.end();
    await expect(tab.token()).rejects.toBeInstanceOf(SignedOut);
    tab.begin(browser.signedIn('again'));
    expect(await tab.token()).toBe('again');
  });
});
