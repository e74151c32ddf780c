import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { PATIENCE } from './patience';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

const open = new Set<BrowserContext>();

export const openPages = (): Page[] => [...open].flatMap((browser) => browser.pages());

/** A browser of its own, with nothing in it. Close it when done. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const browser = await chromium.launchPersistentContext(
    mkdtempSync(join(tmpdir(), 'stockwarden-e2e-')),
    {
      executablePath: EXECUTABLE,
      headless: true,
      args: FLAGS,
      viewport: DESKTOP,
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...options,
    },
  );
  browser.setDefaultTimeout(PATIENCE);
  open.add(browser);
  browser.on('close', () => open.delete(browser));
  return browser;
}

/** What the page complained about: errors, and everything that the policies of the server refused. */
export function complaints(page: Page): string[] {
  const messages: string[] = [];
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
      messages.push(text);
  });
  return messages;
}
