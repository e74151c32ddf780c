import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
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

/** Sends files by way of the page: to a warehouse by its id, or where one is. */
export async function upload(page: Page, ...sent: (TestFile | string)[]): Promise<void> {
  const files = sent.filter((file) => typeof file !== 'string');
  const warehouse = sent.find((option) => typeof option === 'string');
  await visit(page, warehouse ? `/w/${warehouse}/new` : '/new');
  await page.locator('input[type=file]').first().setInputFiles(files);
}

/** A warehouse with a layout, made by way of the page; its id. */
export async function makeWarehouse(
  page: Page,
  name: string,
  layout: readonly [pattern: string, type: string][],
): Promise<string> {
  await visit(page, '/warehouses');
  await page.getByRole('button', { name: 'New warehouse' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'New warehouse' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  for (const [index, [pattern, type]] of layout.entries()) {
    await page.getByRole('button', { name: 'Add a row' }).click();
    await page.getByLabel(`Location pattern, row ${index + 1}`).fill(pattern);
    await page.getByRole('combobox', { name: `Type, row ${index + 1}` }).click();
    await page.getByRole('option', { name: type }).click();
  }
  await page.getByRole('button', { name: 'Save layout' }).click();
  await page.getByText('Saved.').waitFor();
  return new URL(page.url()).pathname.split('/').at(2) ?? '';
}

/** Chooses at the top which warehouse all screens are about. */
export async function switchTo(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Warehouse:/ }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
  await page.getByRole('button', { name: `Warehouse: ${name}` }).waitFor();
}

export async function expectPath(page: Page, pattern: RegExp): Promise<void> {
  await expect.poll(() => new URL(page.url()).pathname).toMatch(pattern);
}

export const isFocused = (field: Locator): Promise<boolean> =>
  field.evaluate((element) => element === document.activeElement);
