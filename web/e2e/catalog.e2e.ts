import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { newName, signInAs, visit } from './journey';
import { readStack } from './stack';

const drinks = newName('Drinks');
const juices = newName('Juices');
const acme = newName('Acme');
const box = newName('b').toLowerCase();
const fresh = newName('Fresh');
const juice = newName('Apple juice');
const { username, password } = readStack();
let browser: BrowserContext;
let page: Page;
let wrong: string[];

const dialog = () => page.getByRole('dialog');
const menu = async (name: string, entry: string) => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
};
const choose = async (label: string, option: string | RegExp) => {
  await dialog().getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
};

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  wrong = complaints(page);
  await visit(page, '/sign-in');
  await signInAs(page, username, password);
});

afterAll(async () => {
  await browser.close();
});

it('defines a unit, whose factor stays a fraction, and converts', async () => {
  await page.getByRole('link', { name: 'Items' }).click();
  await page.getByRole('link', { name: 'Units' }).click();
  await page.getByRole('heading', { level: 1, name: 'Units' }).waitFor();
  await page.getByRole('button', { name: 'New unit' }).click();
  await dialog().getByRole('button', { name: 'New unit' }).click();
  await dialog().getByText('A number or a fraction').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog().getByLabel('Code').fill('dozen');
  await dialog().getByLabel('Name').fill('Box of twelve');
  await dialog().getByLabel('Factor').fill('1/12');
  await dialog().getByRole('button', { name: 'New unit' }).click();
  await dialog().getByText('Another unit has this code.').waitFor();
  await dialog().getByLabel('Code').fill(box);
  await dialog().getByRole('button', { name: 'New unit' }).click();
  await page.getByText('Box of twelve is created.').waitFor();
  const row = page.getByRole('row', { name: new RegExp(box) });
  await row.getByText('1/12').waitFor();
  await menu(box, 'Edit');
  await dialog().getByLabel('Factor').fill('12');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await row.getByText('12', { exact: true }).waitFor();
  await page.getByLabel('Quantity').fill('5');
  await page.getByRole('combobox', { name: 'From' }).click();
  await page.getByRole('option', { name: new RegExp(`^${box} `) }).click();
  await page.getByText(`5 ${box} = 60 pcs`).waitFor();
  await page.getByRole('combobox', { name: 'To', exact: true }).click();
  await page.getByRole('option', { name: /^kg / }).click();
  await page.getByText('These two do not measure the same thing.').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('says what movements of a type must name', async () => {
  await page.getByRole('link', { name: 'Types' }).click();
  await page.getByRole('button', { name: 'New type' }).first().click();
  await dialog().getByLabel('Name').fill(fresh);
  await dialog().getByLabel('Expiry date').check();
  expect(await dialog().getByLabel('Lot').isChecked()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'New type' }).click();
  await page.getByText(`${fresh} is created.`).waitFor();
  const row = page.getByRole('row', { name: new RegExp(fresh) });
  await row.getByText('Lot, Expiry date').waitFor();
  expect(await barriers(page)).toEqual([]);
  await menu(fresh, 'Archive');
  await page.getByText(`${fresh} is archived`).waitFor();
  await page.getByLabel('Show archived ones').check();
  await page.waitForURL((url) => url.searchParams.get('archived') === 'true');
  await menu(fresh, 'Offer again');
  await page.getByText(`${fresh} is offered again.`).waitFor();
});

it('grows a tree of categories, and moves a branch', async () => {
  await page.getByRole('link', { name: 'Categories' }).click();
  for (const name of [drinks, juices]) {
    await page.getByRole('button', { name: 'New category' }).first().click();
    await dialog().getByLabel('Name').fill(name);
    await dialog().getByRole('button', { name: 'New category' }).click();
    await page.getByText(`${name} is created.`).waitFor();
  }
  await page.getByRole('button', { name: 'New category' }).first().click();
  await dialog().getByLabel('Name').fill(drinks);
  await dialog().getByRole('button', { name: 'New category' }).click();
  await dialog().getByText('Another one has this name.').waitFor();
  await page.keyboard.press('Escape');
  await menu(juices, 'Move under…');
  await choose('Under', drinks);
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Move' }).click();
  await page.getByText(`${juices} is moved.`).waitFor();
  await page.getByRole('button', { name: `Hide what is below ${drinks}` }).click();
  expect(await page.getByText(juices, { exact: true }).count()).toBe(0);
  await page.getByRole('button', { name: `Show what is below ${drinks}` }).click();
  expect(await barriers(page)).toEqual([]);
  await menu(drinks, 'Delete');
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await page.getByText(`${drinks} cannot be deleted: it has 1 category below it.`).waitFor();
});

it('leads from a category to its items', async () => {
  await visit(page, '/items');
  await page.getByRole('button', { name: 'New item' }).first().click();
  await dialog().getByLabel('Name', { exact: true }).fill(juice);
  await choose('Category', `${drinks} / ${juices}`);
  await dialog().getByRole('button', { name: 'Create the item' }).click();
  await page.getByRole('heading', { level: 1, name: juice }).waitFor();
  await visit(page, '/items/categories');
  const item = page.locator('li', { hasText: juices }).last();
  await page.getByText('1 item with those below').first().waitFor();
  await item.getByRole('link', { name: '1 item' }).click();
  await page.getByRole('link', { name: juice }).waitFor();
  await visit(page, '/items/categories');
  await menu(juices, 'Delete');
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await page.getByText(`${juices} cannot be deleted: it has 1 item.`).waitFor();
});

it('keeps suppliers and how they sell an item', async () => {
  await page.getByRole('link', { name: 'Suppliers' }).click();
  await page.getByRole('button', { name: 'New supplier' }).first().click();
  await dialog().getByLabel('Name', { exact: true }).fill(acme);
  await dialog().getByLabel('E-mail').fill('orders@acme.example');
  await dialog().getByLabel('Promised lead time in days').fill('5');
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'New supplier' }).click();
  await page.getByRole('heading', { level: 1, name: acme }).waitFor();
  await page.getByText('no orders yet').waitFor();
  await page.getByRole('button', { name: 'Add a part' }).click();
  await dialog().getByRole('combobox', { name: 'Item' }).fill(juice);
  await page.getByRole('option', { name: new RegExp(juice) }).click();
  await dialog().getByLabel("Supplier's code").fill('AJ-12');
  await dialog().getByLabel('Pack size').fill('6');
  await choose('Unit of the pack', box);
  await dialog().getByLabel('Price of a pack').fill('18.5');
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Add a part' }).click();
  const row = page.getByRole('row', { name: new RegExp(`${juice}.*AJ-12`) });
  await row.getByText(`6 ${box}`).waitFor();
  await row.getByText('As the supplier').waitFor();
  await page.getByRole('button', { name: `How it sells ${juice}` }).click();
  await dialog().getByLabel('Price of a pack').fill('19');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await row.getByText('€19.00').waitFor();
  expect(await barriers(page)).toEqual([]);
  await menu(acme, 'Delete');
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await page.getByText(`${acme} cannot be deleted: it has 1 part.`).waitFor();
  await page.getByRole('button', { name: `Remove ${juice} from the parts?` }).click();
  await dialog().getByRole('button', { name: 'Remove' }).click();
  await page.getByText('It sells no item of yours yet.').waitFor();
  await menu(acme, 'Delete');
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await page.getByText(`${acme} is deleted.`).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Suppliers' }).waitFor();
  expect(wrong).toEqual([]);
});
