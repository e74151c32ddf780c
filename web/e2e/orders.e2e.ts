import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import { isFocused, newName, signInAs, visit } from './journey';
import { readStack } from './stack';

const flour = newName('Flour');
const acme = newName('Acme');
const bakery = newName('Bakery');
const { username, password } = readStack();
let browser: BrowserContext;
let page: Page;
let wrong: string[];
let sku: string;
let address: string;

const dialog = () => page.getByRole('dialog');
const choose = async (label: string, option: string | RegExp) => {
  await dialog().getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
};
const find = async (label: string, name: string) => {
  await dialog().getByRole('combobox', { name: label }).fill(name);
  await page.getByRole('option', { name: new RegExp(name) }).click();
};
const line = (text: string) =>
  page.getByRole('table', { name: 'Lines' }).getByRole('row').filter({ hasText: text });
/** The dialog that moves goods, once the field for labels has taken the focus. */
const moving = async (act: 'Receive' | 'Ship') => {
  await page.getByRole('button', { name: act }).click();
  await expect
    .poll(() =>
      dialog()
        .getByLabel('Code')
        .evaluate((field) => field.matches(':focus')),
    )
    .toBe(true);
};
const status = (text: string) => page.getByRole('main').getByText(text, { exact: true }).first();

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  wrong = complaints(page);
  await visit(page, '/sign-in');
  await signInAs(page, username, password);
  await visit(page, '/items');
  await page.getByRole('button', { name: 'New item' }).first().click();
  await dialog().getByLabel('Name', { exact: true }).fill(flour);
  await dialog().getByRole('button', { name: 'Create the item' }).click();
  await page.getByRole('heading', { level: 1, name: flour }).waitFor();
  sku = (await page.getByText(/^SKU-/).first().textContent())?.trim() ?? '';
  await visit(page, '/items/suppliers');
  await page.getByRole('button', { name: 'New supplier' }).first().click();
  await dialog().getByLabel('Name', { exact: true }).fill(acme);
  await dialog().getByLabel('Lead time').fill('5');
  await dialog().getByRole('button', { name: 'New supplier' }).click();
  await page.getByText(`${acme} is created.`).waitFor();
});

afterAll(async () => {
  await browser.close();
});

it('draws up a purchase, and says at its fields what is missing', async () => {
  await page.getByRole('link', { name: 'Orders' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'New order' }).first().click();
  await dialog().getByRole('button', { name: 'Make the draft' }).click();
  await dialog().getByText('Choose a supplier.').last().waitFor();
  await choose('Supplier', acme);
  await find('Item', flour);
  await dialog().getByLabel('Quantity').fill('8');
  await dialog().getByLabel('Price per pcs').fill('1.25');
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Make the draft' }).click();
  await page.getByRole('heading', { level: 1, name: /^PO-/ }).waitFor();
  address = new URL(page.url()).pathname;
  await line(flour).getByText('€10.00').waitFor();
});

it('changes a line, and the totals are those of the service', async () => {
  const change = page.getByRole('button', { name: `Change the line of ${flour}` });
  await change.click();
  await page.keyboard.press('Escape');
  await expect.poll(() => isFocused(change)).toBe(true);
  await change.click();
  await dialog().getByLabel('Quantity').fill('10');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await line(flour).getByText('€12.50').waitFor();
  await page.getByRole('button', { name: 'Edit' }).click();
  await dialog().getByRole('button', { name: 'Add a cost' }).click();
  await dialog().getByLabel('What for').fill('Freight');
  await dialog().getByLabel('Amount').fill('2.50');
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByRole('main').getByText('€15.00', { exact: true }).waitFor();
  await dialog().waitFor({ state: 'detached' });
  expect(await barriers(page)).toEqual([]);
});

it('is placed, and expected after the lead time', async () => {
  await page.getByRole('button', { name: 'Place the order' }).click();
  await dialog().getByRole('button', { name: 'Place the order' }).click();
  await status('Placed').waitFor();
  await page.getByRole('button', { name: 'Receive' }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('receives by scanning, one label after the other', async () => {
  await moving('Receive');
  for (const count of ['1 pcs', '2 pcs', '3 pcs', '4 pcs']) {
    await dialog().getByLabel('Code').fill(sku);
    await page.keyboard.press('Enter');
    await dialog().getByText(`${flour}: ${count}`).waitFor();
  }
  await dialog().getByLabel('Code').fill('NO-SUCH-CODE');
  await page.keyboard.press('Enter');
  await dialog().getByText('No item has the code').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Receive' }).click();
  await status('Partly received').waitFor();
  await line(flour).getByText('4 of 10 pcs').waitFor();
});

it('does not receive more than is open', async () => {
  await moving('Receive');
  await dialog().getByLabel(`Quantity of ${flour}`).fill('7');
  await dialog().getByRole('button', { name: 'Receive' }).click();
  await dialog().getByText(`${flour}: only 6 pcs are open.`).waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
});

it('receives the rest, and the item has it', async () => {
  await moving('Receive');
  await dialog().getByRole('button', { name: 'All that is open' }).click();
  await dialog().getByRole('button', { name: 'Receive' }).click();
  await status('Completed').waitFor();
  await page.getByRole('table', { name: 'Movements' }).getByText('+6 pcs').waitFor();
  await dialog().waitFor({ state: 'detached' });
  expect(await barriers(page)).toEqual([]);
  await line(flour).getByRole('link', { name: flour }).click();
  await page.getByRole('heading', { level: 1, name: flour }).waitFor();
  await page.getByRole('main').getByText('10 pcs', { exact: true }).first().waitFor();
  await page.getByRole('table', { name: 'Orders' }).getByText('Completed').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('tells how long the supplier really took', async () => {
  await visit(page, address);
  await page.getByRole('link', { name: acme }).click();
  await page.getByRole('heading', { level: 1, name: acme }).waitFor();
  await page.getByText('of 1 order').waitFor();
  await page.getByRole('table', { name: 'Orders' }).getByText('Completed').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('ships a sale, and what is short is told', async () => {
  await visit(page, '/orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  await dialog().getByText('Sale', { exact: true }).click();
  await dialog().getByLabel('Customer').fill(bakery);
  await find('Item', flour);
  await dialog().getByLabel('Quantity').fill('12');
  await dialog().getByRole('button', { name: 'Make the draft' }).click();
  await page.getByRole('heading', { level: 1, name: /^SO-/ }).waitFor();
  await page.getByRole('button', { name: 'Place the order' }).click();
  await dialog().getByRole('button', { name: 'Place the order' }).click();
  await moving('Ship');
  await dialog().getByRole('button', { name: 'All that is open' }).click();
  await dialog().getByRole('button', { name: 'Ship' }).click();
  await dialog().getByText('There are 10 pcs of').waitFor();
  await dialog().getByLabel(`Quantity of ${flour}`).fill('9');
  await dialog().getByRole('button', { name: 'Ship' }).click();
  await status('Partly shipped').waitFor();
  await page.getByRole('button', { name: 'Close it short' }).click();
  await dialog().getByRole('button', { name: 'Close it short' }).click();
  await status('Completed').waitFor();
  await page.getByText('closed short').first().waitFor();
});

it('is a list to work from, also on a phone', async () => {
  await page.setViewportSize(PHONE);
  await visit(page, '/orders?view=all');
  await page.getByRole('searchbox').fill('PO-');
  await page.waitForURL((url) => url.searchParams.get('q') === 'PO-');
  await page.getByRole('table', { name: 'Orders' }).getByText(acme).waitFor();
  expect(await barriers(page)).toEqual([]);
  await visit(page, address);
  await page.getByRole('table', { name: 'Lines' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
    true,
  );
});

it('says nothing in the console that is wrong', () => {
  expect(wrong).toEqual([]);
});
