import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { pageUrl } from './stack';

/** The words of the page that journeys look for, in English. */
export const PASSWORD = 'eleven blue pallets';

export const newName = (what: string): string => `${what}-${Date.now().toString(36)}`;

export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, pageUrl()).href);
}

export async function registerAs(page: Page, username: string): Promise<void> {
  await visit(page, '/register');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { level: 1, name: 'What needs attention' }).waitFor();
}

export async function signInAs(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const csv = (name: string, lines: readonly string[]): TestFile => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});

/** Sends files by way of the page and waits until each is there. */
export async function upload(page: Page, ...files: TestFile[]): Promise<void> {
  await visit(page, '/new');
  await page.locator('input[type=file]').first().setInputFiles(files);
}

export async function expectPath(page: Page, pattern: RegExp): Promise<void> {
  await expect.poll(() => new URL(page.url()).pathname, { timeout: 20_000 }).toMatch(pattern);
}
