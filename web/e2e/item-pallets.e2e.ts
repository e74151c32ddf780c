import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { csv, expectPath, makeWarehouse, newName, signInAs, upload, visit } from './journey';
import { readStack } from './stack';

const mark = newName('k').toUpperCase().replaceAll('-', '');
const sku = `${mark}-0630`;
const misread = `${mark}-O63O`;
const tea = `Tea ${mark}`;
const hall = newName('Kim hall');
const { username: admin, password } = readStack();
let context: BrowserContext;
let kim: Page;
let wrong: string[];
let item: string;
let warehouse: string;

beforeAll(async () => {
  context = await openBrowser();
  kim = context.pages()[0] ?? (await context.newPage());
  wrong = complaints(kim);
  await visit(kim, '/sign-in');
  await signInAs(kim, admin, password);
  warehouse = await makeWarehouse(kim, hall, [
    ['A-{01..40}', 'Storage'],
    ['RECV-{01..04}', 'Receiving'],
  ]);
});

afterAll(() => context.close());

it('says of an item that no snapshot has that none has it', async () => {
  await visit(kim, '/items');
  await kim.getByRole('button', { name: 'New item' }).click();
  const dialog = kim.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(tea);
  await dialog.getByLabel('SKU').fill(sku);
  await dialog.getByRole('button', { name: 'Create the item' }).click();
  await kim.getByRole('heading', { level: 1, name: tea }).waitFor();
  item = new URL(kim.url()).pathname;
  await kim.getByText('No newest snapshot of your warehouses has it.').waitFor();
  expect(await barriers(kim)).toEqual([]);
});

it('reports a code that no item has, with the nearest one', async () => {
  const line = (pallet: string, place: string, code: string) =>
    `${pallet},${place},2026-03-02 08:00,${code},4,EA`;
  const rows = [
    ...Array.from({ length: 12 }, (_, index) =>
      line(`${mark}${index}`, `A-${String(index + 10)}`, sku),
    ),
    line(`${mark}20`, 'RECV-01', sku),
    line(`${mark}21`, 'A-01', misread),
  ];
  const name = 'Pallet ID,Location,Received At,Product Code,Quantity,Unit';
  await upload(kim, csv('codes.csv', [name, ...rows]), warehouse);
  await kim.getByRole('link', { name: 'Open the report' }).click();
  await expectPath(kim, /^\/reports\/rep_\w+$/);
  await kim.getByRole('tab', { name: 'Anomalies' }).click();
  await kim.getByRole('button', { name: /Unknown product/ }).click();
  const evidence = kim.getByRole('region', { name: 'Evidence' });
  await evidence.getByText(misread).first().waitFor();
  await kim.getByText(`has the code ${misread}; the nearest are ${sku}.`).first().waitFor();
  expect(await barriers(kim)).toEqual([]);
});

it('shows on the page of the item where it stands, beside the ledger, and what is wrong', async () => {
  await visit(kim, item);
  const stays = kim.getByRole('table', { name: `Pallets in ${hall}` });
  await stays.getByRole('row').filter({ hasText: 'RECV-01' }).getByText(`${mark}20`).waitFor();
  await kim.getByText('13 pallets · 13 locations · 52 EA').waitFor();
  await kim.getByText('The ledger has 0 pcs here.').waitFor();
  const found = kim.getByRole('list', { name: `Anomalies in ${hall}` });
  await found.getByText('Stagnant pallet').first().waitFor();
  expect(await barriers(kim)).toEqual([]);
});

it('leads from the item to its pallet and its anomaly, and back', async () => {
  await kim.getByRole('link', { name: `${mark}20`, exact: true }).click();
  await kim.getByRole('heading', { level: 1, name: `Pallet ${mark}20` }).waitFor();
  expect(await barriers(kim)).toEqual([]);
  await kim.getByRole('link', { name: sku, exact: true }).click();
  await kim.getByRole('heading', { level: 1, name: tea }).waitFor();
  const found = kim.getByRole('list', { name: `Anomalies in ${hall}` });
  await found.getByRole('link', { name: 'Stagnant pallet' }).first().click();
  await kim.getByRole('link', { name: sku, exact: true }).click();
  await kim.getByRole('heading', { level: 1, name: tea }).waitFor();
});

it('never writes an error into the console', () => {
  expect(wrong).toEqual([]);
});
