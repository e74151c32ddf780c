import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import {
  csv,
  expectPath,
  makeWarehouse,
  newName,
  registerAs,
  signInAs,
  upload,
  visit,
} from './journey';
import { readStack } from './stack';

const mark = newName('s').toLowerCase().replaceAll('-', '');
const item = `Señal ${mark} 12 mm`;
const sku = `${mark.toUpperCase()}-0042`;
const pallet = `LPN-${mark.toUpperCase()}-1`;
const hall = newName('Sue hall');
const { username: admin, password } = readStack();
let context: BrowserContext;
let sue: Page;
let wrong: string[];
let warehouse: string;
let address: string;

const field = (page: Page = sue) => page.getByRole('combobox', { name: 'Search for anything' });
const option = (name: string | RegExp, page: Page = sue) => page.getByRole('option', { name });

/** Types anew until it is found: what was just made takes a second or two. */
async function find(text: string, name: string | RegExp, page: Page = sue): Promise<void> {
  await expect
    .poll(
      async () => {
        await field(page).fill('');
        await field(page).fill(text);
        await page.getByText('Searching …').waitFor({ state: 'detached' });
        return option(name, page).count();
      },
      { interval: 1000 },
    )
    .toBeGreaterThan(0);
}

beforeAll(async () => {
  context = await openBrowser();
  sue = context.pages()[0] ?? (await context.newPage());
  wrong = complaints(sue);
  await visit(sue, '/sign-in');
  await signInAs(sue, admin, password);
  warehouse = await makeWarehouse(sue, hall, [['A-{01..04}', 'Storage']]);
  await visit(sue, '/items');
  await sue.getByRole('button', { name: 'New item' }).click();
  const dialog = sue.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(item);
  await dialog.getByLabel('SKU').fill(sku);
  await dialog.getByRole('button', { name: 'Create the item' }).click();
  await sue.getByRole('heading', { level: 1, name: item }).waitFor();
  address = new URL(sue.url()).pathname;
  await upload(
    sue,
    csv('stock.csv', [
      'Pallet ID,Location,Received At,Product Code',
      `${pallet},A-01,2026-03-02 08:00,${sku}`,
      `LPN-${mark.toUpperCase()}-2,A-02,2026-03-02 08:00,${sku}`,
    ]),
    warehouse,
  );
  await sue.getByRole('link', { name: 'Open the report' }).waitFor();
});

afterAll(() => context.close());

it('opens by the keyboard, and leads to a page', async () => {
  await sue.keyboard.press('Control+k');
  await field().waitFor();
  await option('New analysis').waitFor();
  expect(await barriers(sue)).toEqual([]);
  await field().fill('report');
  await expect.poll(() => sue.getByRole('option').count()).toBe(1);
  await sue.keyboard.press('Enter');
  await expectPath(sue, /\/reports$/);
  await sue.keyboard.press('/');
  await field().waitFor();
  await sue.keyboard.press('Escape');
  await field().waitFor({ state: 'detached' });
});

it('finds an item without its accent, by words and by its code, and remembers it', async () => {
  await sue.getByRole('button', { name: 'Search' }).click();
  await find(`senal ${mark} 12mm`, new RegExp(mark));
  expect(await sue.locator('mark').allInnerTexts()).toContain('Señal');
  expect(await barriers(sue)).toEqual([]);
  await sue.keyboard.press('Enter');
  await expectPath(sue, new RegExp(`^${address}$`));
  await sue.keyboard.press('Control+k');
  await sue.getByRole('group', { name: 'Opened lately' }).getByText(item).waitFor();
  await find(`${mark}0042`, new RegExp(mark));
  await sue.keyboard.press('Escape');
});

it('finds a pallet of the newest inventory, and its place', async () => {
  await sue.keyboard.press('Control+k');
  await find(pallet.replaceAll('-', '').toLowerCase(), new RegExp(pallet));
  await option(new RegExp(pallet)).getByText(`A-01 · in ${hall}`).waitFor();
  expect(await barriers(sue)).toEqual([]);
  await option(new RegExp(pallet)).click();
  await expectPath(sue, new RegExp(`^/w/${warehouse}/pallets/${pallet}$`));
});

it('says where nothing is found', async () => {
  await sue.keyboard.press('Control+k');
  await field().fill(`${mark}nowhere`);
  await sue.getByRole('status').getByText(`Nothing found for “${mark}nowhere”`).waitFor();
  expect(await barriers(sue)).toEqual([]);
  await sue.keyboard.press('Escape');
});

it('is a sheet on a phone, and shows members nothing of the catalog', async () => {
  const phone = await openBrowser({ viewport: PHONE, hasTouch: true, isMobile: true });
  const page = phone.pages()[0] ?? (await phone.newPage());
  await registerAs(page, newName('pat'));
  await page.getByRole('button', { name: 'Search' }).click();
  await field(page).waitFor();
  await field(page).fill(mark);
  await page.getByRole('status').getByText(`Nothing found for “${mark}”`).waitFor();
  expect(await barriers(page)).toEqual([]);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBe(0);
  await page.getByRole('button', { name: 'Close' }).click();
  await field(page).waitFor({ state: 'detached' });
  await phone.close();
});

it('has nothing to complain about', () => {
  expect(wrong).toEqual([]);
});
