import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import { makeWarehouse, newName, signInAs, visit } from './journey';
import { readStack } from './stack';

const hall = newName('Use hall');
const glove = newName('Glove');
const { username, password } = readStack();
let browser: BrowserContext;
let page: Page;
let wrong: string[];
let address: string;

const dialog = () => page.getByRole('dialog');
const inStock = (quantity: string) =>
  page.getByRole('main').getByText(quantity, { exact: true }).first().waitFor();
const row = (...texts: string[]) =>
  texts.reduce(
    (rows, hasText) => rows.filter({ hasText }),
    page.getByRole('table', { name: 'Consumption' }).getByRole('row'),
  );

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  wrong = complaints(page);
  await visit(page, '/sign-in');
  await signInAs(page, username, password);
  await makeWarehouse(page, hall, [['A-{01..04}', 'Storage']]);
  await visit(page, '/items');
  await page.getByRole('button', { name: 'New item' }).first().click();
  await dialog().getByLabel('Name', { exact: true }).fill(glove);
  await dialog().getByLabel('Quantity', { exact: true }).fill('10');
  await dialog().getByRole('combobox', { name: 'Warehouse' }).click();
  await page.getByRole('option', { name: hall }).click();
  await dialog().getByRole('button', { name: 'Create the item' }).click();
  await page.getByRole('heading', { level: 1, name: glove }).waitFor();
  address = new URL(page.url()).pathname;
});

afterAll(async () => {
  await browser.close();
});

it('logs what was used, remembers what for, and undoes it', async () => {
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await dialog().getByLabel('What for').fill('Night shift');
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Log it' }).click();
  await page.getByText(`Used: 1 pcs of ${glove}.`).waitFor();
  await inStock('9 pcs');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByText('Undone: it is in stock again.').waitFor();
  await inStock('10 pcs');
});

it('takes two clicks in the list of items', async () => {
  await visit(page, `/items?q=${glove}`);
  await page.getByRole('button', { name: `Use ${glove}` }).click();
  await page.getByRole('button', { name: 'Log it' }).click();
  await page.getByText(`Used: 1 pcs of ${glove}.`).waitFor();
  await inStock('9 pcs');
  expect(await barriers(page)).toEqual([]);
});

it('says how much is free where that is too little', async () => {
  await page.getByRole('button', { name: `Use ${glove}` }).click();
  expect(await dialog().getByLabel('What for').inputValue()).toBe('Night shift');
  await dialog().getByLabel('Quantity').fill('50');
  await dialog().getByRole('button', { name: 'Log it' }).click();
  await dialog().getByText('Only 9 pcs are free there.').waitFor();
  await dialog().getByLabel('Quantity').fill('4');
  await dialog().getByRole('button', { name: 'Log it' }).click();
  await page.getByText(`Used: 4 pcs of ${glove}.`).waitFor();
});

it('corrects an entry once, and the rate is as if once', async () => {
  await visit(page, '/items/consumption?purpose=night%20shift');
  await page.getByRole('heading', { level: 1, name: 'Consumption' }).waitFor();
  await row(glove, '4 pcs')
    .getByRole('button', { name: /^Correct/ })
    .click();
  await dialog().getByRole('button', { name: 'Correct', exact: true }).click();
  await dialog().getByText('That is what the entry says already.').waitFor();
  await dialog().getByLabel('Right quantity').fill('3');
  await dialog().getByLabel('Note').fill('Counted again');
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Correct', exact: true }).click();
  await row(glove, '−1 pcs', 'Correction', 'Counted again').waitFor();
  await row(glove, '4 pcs', 'corrected since').waitFor();
  expect(await row('4 pcs').getByRole('button').count()).toBe(0);
  const rates = page.getByRole('table', { name: /What is used for/ });
  await rates.getByRole('row').filter({ hasText: glove }).getByText('4 pcs').first().waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('shows the rate of an item with its chart as a table', async () => {
  await visit(page, address);
  await page.getByRole('heading', { name: `How much ${glove} is used` }).waitFor();
  await page.getByText('Too little data: less than a week.').waitFor();
  await page.getByRole('button', { name: 'As a table: Used per week' }).click();
  await page.getByRole('table', { name: 'Used per week' }).getByText('4 pcs').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('logs on a phone what was scanned', async () => {
  await page.setViewportSize(PHONE);
  const sku = (await page.getByText(/^SKU-/).first().textContent())?.trim() ?? '';
  await visit(page, `/scan?code=${sku}`);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Log it' }).click();
  await page.getByText(`Used: 1 pcs of ${glove}.`).waitFor();
  await visit(page, '/items/consumption');
  await row(glove, 'Night shift').first().waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('leaves nothing to complain about', () => {
  // Too little was there for fifty.
  expect(wrong.filter((text) => !/\b409\b/.test(text))).toEqual([]);
});
