import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import { makeWarehouse, newName, signInAs, visit } from './journey';
import { readStack } from './stack';

const hall = newName('Kit hall');
const bolt = newName('Kit bolt');
const pair = newName('Kit pair');
const box = newName('Kit box');
const { username, password } = readStack();
let browser: BrowserContext;
let page: Page;
let wrong: string[];
const addresses = new Map<string, string>();

const dialog = () => page.getByRole('dialog');
const figure = (label: string, value: string) =>
  page.getByRole('main').getByText(label, { exact: true }).locator('..').getByText(value).waitFor();

async function makeItem(name: string, quantity?: string): Promise<void> {
  await visit(page, '/items');
  await page.getByRole('button', { name: 'New item' }).first().click();
  await dialog().getByLabel('Name', { exact: true }).fill(name);
  if (quantity) {
    await dialog().getByLabel('Quantity', { exact: true }).fill(quantity);
    await dialog().getByRole('combobox', { name: 'Warehouse' }).click();
    await page.getByRole('option', { name: hall }).click();
  }
  await dialog().getByRole('button', { name: 'Create the item' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  addresses.set(name, new URL(page.url()).pathname);
}

async function chooseComponent(number: number, name: string, quantity: string): Promise<void> {
  const field = dialog().getByRole('combobox', { name: `Component ${number}`, exact: true });
  await field.fill(name);
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await dialog().getByLabel(`Quantity of component ${number}`).fill(quantity);
}

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  wrong = complaints(page);
  await visit(page, '/sign-in');
  await signInAs(page, username, password);
  await makeWarehouse(page, hall, [['A-{01..04}', 'Storage']]);
  await makeItem(bolt, '20');
  await makeItem(pair);
  await makeItem(box);
});

afterAll(async () => {
  await browser.close();
});

it('says what an item is made of, and refuses what would contain itself', async () => {
  await visit(page, addresses.get(pair) ?? '');
  await page.getByRole('button', { name: 'Make it a kit' }).click();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().getByText('Choose an item.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await chooseComponent(1, bolt, '2');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByText(`The components of ${pair} are saved.`).waitFor();
  await figure('Can be assembled', '10 pcs');
  await visit(page, addresses.get(box) ?? '');
  await page.getByRole('button', { name: 'Make it a kit' }).click();
  await chooseComponent(1, pair, '1');
  await dialog().getByRole('button', { name: 'Add a component' }).click();
  await chooseComponent(2, bolt, '1');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await figure('Can be assembled', '6 pcs');
  await visit(page, addresses.get(pair) ?? '');
  await page.getByText('It is a component of').getByRole('link', { name: box }).waitFor();
  await page.getByRole('button', { name: 'Edit components' }).click();
  await dialog().getByRole('button', { name: 'Add a component' }).click();
  await chooseComponent(2, box, '1');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().getByText(`${pair} → ${box} → ${pair}`).waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
});

it('opens the kits in a kit', async () => {
  await visit(page, addresses.get(box) ?? '');
  await page.getByRole('button', { name: `Components of ${pair}` }).click();
  const tree = page.getByRole('list', { name: `Components of ${pair}` });
  await tree.getByRole('link', { name: bolt }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('tells what is short before anything is assembled', async () => {
  await page.getByRole('button', { name: 'Assemble' }).click();
  await dialog().getByLabel('Quantity (pcs)').fill('8');
  await dialog().getByText('Assemble first').waitFor();
  await dialog().getByText(`4 pcs of ${bolt}`).waitFor();
  await dialog().getByText('No supplier sells it.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog().getByLabel('Quantity (pcs)').fill('1');
  await dialog().getByRole('button', { name: 'Assemble' }).click();
  await dialog().getByText(`What is short: 1 pcs of ${pair}`).waitFor();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
});

it('assembles, undoes it, and takes apart', async () => {
  await visit(page, addresses.get(pair) ?? '');
  await page.getByRole('button', { name: 'Assemble' }).click();
  await dialog().getByText('At most 10 pcs.').waitFor();
  await dialog().getByLabel('Quantity (pcs)').fill('3');
  await dialog().getByRole('button', { name: 'Assemble' }).click();
  await page.getByText('Assembled 3 pcs.').waitFor();
  await figure('In stock', '3 pcs');
  await page
    .getByRole('table', { name: 'Movements' })
    .getByRole('row')
    .filter({ hasText: 'Assembly' })
    .waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByText('Taken apart: 3 pcs.').waitFor();
  await figure('In stock', '0 pcs');
  await page.getByRole('button', { name: 'Assemble' }).click();
  await dialog().getByRole('button', { name: 'Assemble' }).click();
  await page.getByText('Assembled 1 pcs.').waitFor();
  await page.getByRole('button', { name: 'Take apart' }).click();
  expect(await barriers(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Take apart' }).click();
  await page.getByText('Taken apart: 1 pcs.').waitFor();
});

it('lists kits with how many can be assembled, also on a phone', async () => {
  await visit(page, '/items/kits');
  await page.getByRole('heading', { level: 1, name: 'Kits' }).waitFor();
  await page.getByRole('searchbox', { name: 'Find a kit' }).fill(box);
  const row = page.getByRole('table', { name: 'Kits' }).getByRole('row').filter({ hasText: box });
  await row.getByText('6 pcs').waitFor();
  await row.getByText('2 components').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  await row.getByText('6 pcs').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('leaves nothing to complain about', () => {
  // The kits that would contain themselves, and what was short.
  expect(wrong.filter((text) => !/\b(409|422)\b/.test(text))).toEqual([]);
});
