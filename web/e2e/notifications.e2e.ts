import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import { ambiguousInventory, clearInventory } from './inventories';
import { makeWarehouse, newName, registerAs, signInAs, upload, visit } from './journey';
import { readStack } from './stack';

const name = newName('nora');
const { username: admin, password } = readStack();
let browser: BrowserContext;
let page: Page;
let wrong: string[];
let hall: string;

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  wrong = complaints(page);
  await registerAs(page, name);
  hall = await makeWarehouse(page, newName('Nora hall'), [['RECV-{01..04}', 'Receiving']]);
});

afterAll(async () => {
  await browser.close();
});

const bell = () => page.getByRole('button', { name: /^Notifications/ });

it('says at the bell what became of a report', async () => {
  await bell().click();
  await page.getByText('Nothing yet.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await upload(page, clearInventory(), ambiguousInventory(), hall);
  await page.getByRole('link', { name: 'Open the report' }).first().waitFor();
  await page.getByRole('link', { name: 'Name the columns' }).waitFor();
  await visit(page, '/');
  await page.getByRole('button', { name: 'Notifications: 2 new' }).waitFor();
  await bell().click();
  await page.getByText('is ready.').waitFor();
  await page.getByText('has a question.').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('has read what was shown once the list is closed', async () => {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Notifications', exact: true }).click();
  await page.getByRole('link', { name: /has a question/ }).click();
  await page.waitForURL(/\/columns$/);
});

it('tells no more of what is not wanted', async () => {
  await visit(page, '/account');
  const choice = page.getByRole('checkbox', { name: 'A report is ready: on the page' });
  await choice.uncheck();
  await page.getByText('Saved.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.reload();
  await expect.poll(() => choice.isChecked()).toBe(false);
  await page.getByRole('button', { name: 'Notifications', exact: true }).click();
  await page.getByText('has a question.').waitFor();
  expect(await page.getByText('is ready.').count()).toBe(0);
  await page.keyboard.press('Escape');
});

it('lists what ran in the warehouse, to whom it belongs', async () => {
  await visit(page, `/w/${hall}/runs`);
  const run = page.getByRole('listitem').filter({ hasText: 'Asks something' });
  await run.getByText(/Analysis/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'Interrupted too often' }).click();
  await page.getByText('Nothing has run').waitFor();
  await page.setViewportSize(PHONE);
  // The page is laid out anew in a moment.
  const beyond = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  await expect.poll(beyond).toBe(0);
});

it('lists what ran anywhere, to an administrator', async () => {
  const other = await openBrowser();
  const theirs = other.pages()[0] ?? (await other.newPage());
  await visit(theirs, '/sign-in');
  await signInAs(theirs, admin, password);
  await visit(theirs, '/admin/runs');
  await theirs.getByText(`by ${name}`).first().waitFor();
  expect(await barriers(theirs)).toEqual([]);
  await other.close();
  expect(wrong).toEqual([]);
});
