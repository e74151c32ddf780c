import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { csv, newName, signInAs, visit } from './journey';
import { readStack } from './stack';

const mark = newName('imp').toUpperCase();
const { username: admin, password } = readStack();
let context: BrowserContext;
let ivo: Page;
let wrong: string[];

const header = 'SKU,Name,Quantity,Unit,Reorder point,Expiry,Batch';
const send = async (name: string, lines: readonly string[]) => {
  await visit(ivo, '/items/imports');
  await ivo.getByRole('heading', { level: 1, name: 'Import items' }).waitFor();
  await ivo
    .locator('input[type=file]')
    .first()
    .setInputFiles(csv(name, [header, ...lines]));
  await ivo.getByRole('heading', { level: 1, name }).waitFor();
};
const figure = (label: string) =>
  ivo.locator('dl > *').filter({ hasText: label }).locator('dd').innerText();

beforeAll(async () => {
  context = await openBrowser();
  ivo = context.pages()[0] ?? (await context.newPage());
  wrong = complaints(ivo);
  await visit(ivo, '/sign-in');
  await signInAs(ivo, admin, password);
});

afterAll(async () => {
  await context.close();
});

it('tells every fault of every row, and writes nothing', async () => {
  await visit(ivo, '/items');
  await ivo.getByRole('link', { name: 'Import' }).click();
  await ivo.getByRole('heading', { level: 1, name: 'Import items' }).waitFor();
  expect(await barriers(ivo)).toEqual([]);
  await send('faulty.csv', [
    `${mark}-1,Bolt,10,pcs,5,,`,
    `${mark}-2,Nut,1.5,pcs,-1,,`,
    `${mark}-1,Other bolt,3,furlongs,5,,`,
    `${mark}-4,,x,pcs,5,,`,
  ]);
  const table = ivo.getByRole('table', { name: 'Faults' });
  await table.waitFor();
  await table.getByRole('row').filter({ hasText: 'Row 3' }).first().waitFor();
  expect(await table.getByRole('row').count()).toBeGreaterThan(4);
  expect(await ivo.getByRole('button', { name: /^Import/ }).count()).toBe(0);
  expect(await barriers(ivo)).toEqual([]);
  await ivo.getByText('Quantity ·').click();
  expect(await table.getByRole('cell', { name: 'Name', exact: true }).count()).toBe(0);
  const file = ivo.waitForEvent('download');
  await ivo.getByRole('link', { name: 'All faults as a file' }).click();
  expect(readFileSync(await (await file).path(), 'utf8')).toContain('furlongs');
});

it('shows what it would do, and then does it', async () => {
  await send('good.csv', [
    `${mark}-1,Bolt ${mark},10,pcs,5,,`,
    `${mark}-2,Nut ${mark},20,pcs,5,2031-05-01,L1`,
    `${mark}-3,Washer ${mark},,pcs,5,,`,
  ]);
  const go = ivo.getByRole('button', { name: 'Import 3 items' });
  await go.waitFor();
  expect([await figure('To be created'), await figure('Changes of stock')]).toEqual(['3', '2']);
  expect(await barriers(ivo)).toEqual([]);
  await go.click();
  await ivo.getByText('This is what was written.').waitFor();
  expect([await figure('Created'), await figure('Changes of stock')]).toEqual(['3', '2']);
  expect(await barriers(ivo)).toEqual([]);
  await ivo.getByRole('link', { name: 'To the items' }).click();
  await ivo.getByLabel('Part of the name or SKU').fill(mark);
  await ivo.getByRole('link', { name: `Nut ${mark}` }).click();
  await ivo.getByRole('table', { name: 'Lots' }).getByText('1 May 2031').waitFor();
});

it('exports the list as it is shown, which changes nothing when it comes back', async () => {
  await visit(ivo, `/items?q=${mark}`);
  await ivo.getByRole('link', { name: `Nut ${mark}` }).waitFor();
  await ivo.getByRole('button', { name: 'Export' }).click();
  const dialog = ivo.getByRole('dialog');
  await dialog.getByText('What the list shows now').waitFor();
  await dialog.getByLabel('CSV').check();
  expect(await barriers(ivo)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await dialog.getByText('3 rows are in the file.').waitFor();
  const coming = ivo.waitForEvent('download');
  await dialog.getByRole('link', { name: /^Download/ }).click();
  const buffer = readFileSync(await (await coming).path());
  expect(buffer.toString()).toContain(`Nut ${mark}`);
  await visit(ivo, '/items/imports');
  const file = { name: 'exported.csv', mimeType: 'text/csv', buffer };
  await ivo.locator('input[type=file]').first().setInputFiles(file);
  await ivo.getByRole('button', { name: 'There is nothing to import' }).waitFor();
  expect(await figure('As they are')).toBe('3');
});

it('changes what is there, and says what stays', async () => {
  await send('again.csv', [
    `${mark}-1,Bolt ${mark},10,pcs,5,,`,
    `${mark}-3,Washer M8 ${mark},,pcs,,,`,
  ]);
  await ivo.getByRole('button', { name: 'Import 2 items' }).waitFor();
  expect([await figure('To be changed'), await figure('As they are')]).toEqual(['1', '1']);
  await ivo.getByRole('button', { name: 'Columns' }).click();
  await ivo.getByRole('combobox', { name: 'What Reorder point holds' }).waitFor();
  expect(await barriers(ivo)).toEqual([]);
});

it('lists the imports, and complains of nothing', async () => {
  await visit(ivo, '/items/imports');
  const table = ivo.getByRole('table', { name: 'Imports' });
  await table
    .getByRole('row')
    .filter({ hasText: 'faulty.csv' })
    .getByText('Has faults')
    .first()
    .waitFor();
  await table
    .getByRole('row')
    .filter({ hasText: 'good.csv' })
    .getByText('Imported')
    .first()
    .waitFor();
  expect(wrong).toEqual([]);
});
