import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import { hallInventory } from './inventories';
import { makeWarehouse, newName, registerAs, upload, visit } from './journey';

const ASKED = 'Is this the whole warehouse?';

let browser: BrowserContext;
let page: Page;
let errors: string[];
let central: string;
let whole: string;
const name = newName('hal');

/** Sends a few rows and comes to the question. */
async function sendFew(file: string, count: number): Promise<void> {
  await upload(page, hallInventory(file, count, 0), central);
  await page.getByRole('link', { name: 'Answer' }).click();
  await page.getByRole('heading', { level: 1, name: ASKED }).waitFor();
}

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  errors = complaints(page);
  await registerAs(page, name);
});

afterAll(async () => {
  await browser.close();
});

it('begins with all of the warehouse', async () => {
  central = await makeWarehouse(page, 'Central', [
    ['RECV-{01..04}', 'Receiving'],
    ['{001..040}A', 'Storage'],
  ]);
  await upload(page, hallInventory('all.csv', 12, 40), central);
  await page.getByRole('link', { name: 'Open the report' }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  whole = new URL(page.url()).pathname;
});

it('asks about a file with a few rows, with both counts side by side', async () => {
  await sendFew('few.csv', 4);
  const counts = page.getByRole('table', { name: 'This file beside the last inventory' });
  const row = (title: string) => counts.getByRole('row', { name: title });
  await expect.poll(() => row('Rows').innerText()).toMatch(/Rows\s+4\s+52/);
  expect(await row('Pallets that are in both').innerText()).toMatch(/4\s+of 52/);
  await page.getByText('Say what the file holds.').waitFor();
  expect(await page.getByRole('button', { name: 'Analyze' }).isDisabled()).toBe(true);
  expect(await barriers(page)).toEqual([]);
});

it('has resolved nothing meanwhile', async () => {
  const asking = page.url();
  await visit(page, `${whole}?view=anomalies&status=open`);
  for (const pallet of ['PH1000', 'PH1011']) await page.getByText(pallet).first().waitFor();
  expect(await page.getByText('The warehouse has a newer').count()).toBe(0);
  await page.goto(asking);
});

it('is told that it is a part, and the rest stays in the list', async () => {
  await page.getByRole('radio', { name: /Only a part of it/ }).click();
  await page.getByRole('button', { name: 'Analyze' }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  await page.getByText(`Part of the warehouse, said by ${name}`).waitFor();
  await visit(page, `/w/${central}/anomalies?status=open`);
  for (const pallet of ['PH1000', 'PH1003', 'PH1004', 'PH1011'])
    await page.getByText(pallet).first().waitFor();
  await visit(page, `/w/${central}`);
  await page.getByText('Since then 1 part of the warehouse was sent').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('is told that the next one is the whole: what it lacks is resolved', async () => {
  await sendFew('rest.csv', 3);
  const counts = page.getByRole('table', { name: 'This file beside the last inventory' });
  // The part is no measure for it.
  await expect.poll(() => counts.getByRole('row', { name: 'Rows' }).innerText()).toMatch(/52/);
  await page.getByRole('radio', { name: /All of Central/ }).click();
  await page.getByRole('button', { name: 'Analyze' }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  await visit(page, `/w/${central}/anomalies?status=open`);
  await page.getByText('PH1000').first().waitFor();
  expect(await page.getByText('PH1011').count()).toBe(0);
});

it('puts a file into the warehouse that it belongs to', async () => {
  const south = await makeWarehouse(page, 'South', [['RECV-{01..04}', 'Receiving']]);
  await sendFew('south.csv', 1);
  await page.getByRole('radio', { name: /Another warehouse/ }).click();
  await page.getByText('Choose the warehouse.').waitFor();
  await page.getByRole('combobox', { name: 'Which warehouse?' }).click();
  await page.getByRole('option', { name: 'South' }).click();
  await page.getByRole('button', { name: 'Analyze' }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  await visit(page, `/w/${south}/reports`);
  await page.getByRole('link', { name: 'south' }).waitFor();
});

it('asks in Spanish on a phone as well', async () => {
  await sendFew('dos.csv', 1);
  await page.setViewportSize(PHONE);
  await page.evaluate(() => localStorage.setItem('stockwarden-locale', 'es'));
  await page.reload();
  await page.getByRole('heading', { level: 1, name: '¿Es todo el almacén?' }).waitFor();
  await page.getByRole('radio', { name: /Solo una parte/ }).waitFor();
  await page.getByRole('row', { name: 'Palés que están en ambos' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBe(0);
});

it('complains of nothing', () => {
  expect(errors).toEqual([]);
});
