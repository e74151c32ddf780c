import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { openBrowser } from './browser';
import { namelessInventory } from './inventories';
import { newName, registerAs, upload, visit } from './journey';

let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  await registerAs(page, newName('lea'));
});

afterAll(async () => {
  await browser.close();
});

it('remembers what a person said about columns', async () => {
  await visit(page, '/mappings');
  await page.getByText('Nothing learned yet').waitFor();
  await upload(page, namelessInventory('monday.csv'));
  await page.getByRole('link', { name: 'Name the columns' }).click();
  const choose = async (column: string, field: string) => {
    await page.getByRole('combobox', { name: `${column}: Holds` }).click();
    await page.getByRole('option', { name: field, exact: true }).click();
  };
  await choose('hola1', 'Pallet number');
  await choose('hola2', 'Location');
  await choose('hola3', 'Received on');
  await page.getByLabel('Remember it as').fill('Yard export');
  await page.getByRole('button', { name: 'Analyze' }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
});

it('asks nothing when the next file with these columns comes', async () => {
  await upload(page, namelessInventory('tuesday.csv'));
  await page.getByRole('link', { name: 'Open the report' }).waitFor();
  await page.getByText('Read as saved under “Yard export”').waitFor();
});

it('shows what it learned, to be renamed and corrected', async () => {
  await visit(page, '/w/all/columns');
  await page.getByText('hola1').waitFor();
  await page.getByRole('button', { name: 'Change Yard export' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Yard, corrected');
  await dialog.getByRole('combobox', { name: 'hola4: holds' }).click();
  await page.getByRole('option', { name: 'Receipt or lot', exact: true }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Yard, corrected' }).waitFor();
  await page.getByText('4 of 5 columns used').waitFor();
});

it('forgets it when told to, and asks again', async () => {
  await page.getByRole('button', { name: 'Forget Yard, corrected' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
  await page.getByText('Nothing learned yet').waitFor();
  await upload(page, namelessInventory('wednesday.csv'));
  await page.getByRole('link', { name: 'Name the columns' }).waitFor();
});
