import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { csv, newName, registerAs, upload } from './journey';

let browser: BrowserContext;
let page: Page;
let errors: string[];

/** One pallet has three things wrong with it, another one. */
const inventory = csv('together.csv', [
  'Pallet ID,Location,Received At,Description,Quantity,Expiry Date',
  ...Array.from({ length: 20 }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    return `PT${number},${number}A,2026-03-01 08:00,Rice,${400 + index},2030-01-01`;
  }),
  'PT901,,2026-03-01 08:00,Rice,-4,2026-01-15',
  'PT902,,2026-03-01 09:00,Rice,410,2030-01-01',
]);

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  errors = complaints(page);
  await registerAs(page, newName('tom'));
});

afterAll(async () => {
  await browser.close();
});

it('has one line for what is wrong with one pallet', async () => {
  await upload(page, inventory);
  await page.getByRole('link', { name: 'Open the report' }).click();
  await page.getByRole('tab', { name: 'Anomalies' }).click();
  await page.getByText('4 anomalies, in 2 lines').waitFor();
  await page.getByRole('button', { name: /and 2 more about this pallet/ }).click();
  const others = page.getByRole('region', { name: 'Also about this pallet' });
  await others.getByText('Missing location').waitFor();
  await others.getByText('Impossible quantity').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('works on all of it with one click, unless told otherwise', async () => {
  await page.getByRole('button', { name: 'In progress' }).click();
  const others = page.getByRole('region', { name: 'Also about this pallet' });
  await expect.poll(() => others.getByText('In progress').count()).toBe(2);
  await page.getByLabel('Also the 2 others about this pallet').uncheck();
  await page.getByRole('button', { name: 'Acknowledged' }).click();
  await page.getByText('Now: Acknowledged').waitFor();
  expect(await others.getByText('In progress').count()).toBe(2);
});

it('leads to the others', async () => {
  const others = page.getByRole('region', { name: 'Also about this pallet' });
  await others.getByRole('button', { name: /Impossible quantity/ }).click();
  await page
    .getByRole('heading', { name: 'Impossible quantity' })
    .or(page.getByText('-4'))
    .first()
    .waitFor();
  await others.getByText('Acknowledged').waitFor();
});

it('says how many a selection holds', async () => {
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
  const bar = page.getByRole('region', { name: 'Set status' });
  await bar.getByText('2 selected, with 2 companions').waitFor();
  await bar.getByRole('button', { name: 'Acknowledged' }).click();
  await page.getByText('3 anomalies changed').waitFor();
  expect(errors).toEqual([]);
});
