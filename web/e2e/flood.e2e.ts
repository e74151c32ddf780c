import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { csv, makeWarehouse, newName, registerAs, upload } from './journey';

const MANY = 1_100;

let browser: BrowserContext;
let page: Page;
let errors: string[];

/** Most pallets are where the layout knows no place. */
function strangeInventory() {
  const rows = Array.from({ length: MANY + 30 }, (_, index) => {
    const number = String(index).padStart(4, '0');
    const place = index < MANY ? `ZONE-${number}` : `${String(index - MANY + 1).padStart(3, '0')}A`;
    return `PZ${number},${place},2026-03-01 08:00,RC-${number},Rice`;
  });
  return csv('strange.csv', ['Pallet ID,Location,Received At,Receipt Number,Description', ...rows]);
}

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  errors = complaints(page);
  await registerAs(page, newName('flo'));
});

afterAll(async () => {
  await browser.close();
});

it('tells of many unknown locations at once', async () => {
  const warehouse = await makeWarehouse(page, 'Narrow', [['{001..040}A', 'Storage']]);
  await upload(page, strangeInventory(), warehouse);
  await page.getByRole('link', { name: 'Open the report' }).click();
  await page.getByRole('tab', { name: 'Checks' }).click();
  await page.getByText('one anomaly for 1,100 of 1,130').waitFor();
  await page.getByRole('tab', { name: 'Anomalies' }).click();
  await page.getByRole('button', { name: /^Unknown location/ }).click();
  await page
    .getByText(/97 % of the locations .* most look like ZONE-0000/)
    .last()
    .waitFor();
  const patterns = page.getByRole('table', { name: 'What they look like' });
  expect(await patterns.getByRole('row').nth(1).innerText()).toMatch(
    /AAAA-9999\s+1,100\s+ZONE-0000/,
  );
  await page.getByRole('button', { name: 'Show 500 more rows' }).click();
  expect(await page.getByRole('table', { name: 'Evidence' }).getByRole('row').count()).toBe(509);
  expect(await page.getByRole('button', { name: 'Do not report this again…' }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
});

it('lists each by itself on demand', async () => {
  await page.getByRole('button', { name: 'List each by itself…' }).click();
  await page.getByText('this anomaly becomes 1,100 anomalies').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'List each', exact: true }).click();
  await page.getByText('1,100 anomalies', { exact: true }).waitFor();
});

it('and tells of them at once again', async () => {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Analyze again' }).click();
  await page.getByLabel('Go on listing each by itself: Unknown location').uncheck();
  await page.getByRole('button', { name: 'Analyze again' }).click();
  await page.getByText('1 anomaly', { exact: true }).waitFor();
  expect(errors).toEqual([]);
});
