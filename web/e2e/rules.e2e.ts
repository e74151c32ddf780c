import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { dockInventory } from './inventories';
import { expectPath, makeWarehouse, newName, registerAs, upload, visit } from './journey';

let browser: BrowserContext;
let page: Page;
let complained: string[];
let warehouse: string;

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  complained = complaints(page);
  await registerAs(page, newName('rita'));
});

afterAll(async () => {
  await browser.close();
});

it('shows the defaults to someone without a warehouse, and does not let them be changed', async () => {
  await visit(page, '/rules');
  await expectPath(page, /^\/w\/all\/rules$/);
  await page.getByText('These are the defaults').waitFor();
  expect(await page.getByRole('switch', { name: 'Look for: Stagnant pallet' }).isDisabled()).toBe(
    true,
  );
});

it('finds what waits on the dock for longer than the limit', async () => {
  warehouse = await makeWarehouse(page, 'Harbour', [
    ['RECV-{01..04}', 'Receiving'],
    ['{001..040}{A..D}', 'Storage'],
  ]);
  await upload(page, dockInventory(), warehouse);
  await page.getByRole('link', { name: 'Open the report' }).click();
  await page.getByRole('tab', { name: 'Anomalies' }).click();
  await page.getByText('2 anomalies').waitFor();
});

it('tries a limit on the inventory before it is saved', async () => {
  await visit(page, `/w/${warehouse}/rules`);
  await page.getByRole('link', { name: 'Stagnant pallet' }).click();
  await page.getByRole('textbox', { name: 'Hours allowed' }).fill('0');
  await page.getByText('A number from 1 to 720.').waitFor();
  expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Hours allowed' }).fill('3');
  await page.getByRole('button', { name: 'Try on past inventories' }).click();
  await page.getByText('2 anomalies now, 4 then').waitFor();
  await page.getByText('Appear: PD2003, PD2004').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('saves it as a version, and asks before a change is left behind', async () => {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('It holds from the next analysis on').waitFor();
  await page.getByText('Version 1', { exact: true }).waitFor();
  await page.getByLabel('Not these').fill('PD2004');
  await page.getByRole('link', { name: 'All rules' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('They will be lost').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Version 2', { exact: true }).waitFor();
});

it('finds more when the report is analyzed again', async () => {
  await visit(page, `/w/${warehouse}/reports`);
  await page.getByRole('link', { name: 'waiting', exact: true }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Analyze again' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Analyze again' }).click();
  await page.getByRole('tab', { name: 'Anomalies' }).click();
  await page.getByText('3 anomalies').waitFor();
});

it('switches a rule off and puts another back to its defaults', async () => {
  await visit(page, `/w/${warehouse}/rules`);
  const expired = page.getByRole('switch', { name: 'Look for: Expired' });
  await expired.click({ force: true });
  await page.getByText('“Expired” is no longer looked for.').waitFor();
  await expect.poll(() => expired.isChecked()).toBe(false);
  await page.getByRole('link', { name: 'Stagnant pallet' }).click();
  await page.getByRole('button', { name: 'Back to the defaults' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back to the defaults' }).click();
  await page.getByText('The defaults hold again.').waitFor();
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Hours allowed' }).inputValue())
    .toBe('10 h');
});

it('shows who changed which setting of a rule', async () => {
  const changed = async () => {
    await visit(page, `/w/${warehouse}/rules/stagnant-pallet`);
    await page.getByRole('button', { name: 'Show who changed what' }).click();
    const card = page.getByText('changed a rule').first();
    return card.waitFor({ timeout: 4_000 }).then(
      () => true,
      () => false,
    );
  };
  // An entry is listed under its object once it is sealed.
  await expect.poll(changed).toBe(true);
  expect(await barriers(page)).toEqual([]);
});

it('keeps the prices of the warehouse', async () => {
  await visit(page, `/w/${warehouse}/costs`);
  await page.getByLabel('Currency').fill('mxn');
  await page.getByRole('textbox', { name: 'Minutes per pallet: Stagnant pallet' }).fill('9');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved. It holds from the next analysis on.').waitFor();
  await page.reload();
  await expect.poll(() => page.getByLabel('Currency').inputValue()).toBe('MXN');
  expect(
    await page.getByRole('textbox', { name: 'Minutes per pallet: Stagnant pallet' }).inputValue(),
  ).toBe('9 min');
});

it('follows a pallet, and reads every chart as a table too', async () => {
  await visit(page, `/w/${warehouse}/pallets/PD2001`);
  const life = page.getByRole('list', { name: 'From inventory to inventory, newest first' });
  await life.getByText('RECV-01', { exact: true }).waitFor();
  await life.getByRole('link', { name: 'Stagnant pallet' }).click();
  await expectPath(page, /^\/reports\/rep_\w+$/);
  await visit(page, `/w/${warehouse}/trends`);
  await page.getByRole('button', { name: 'As a table: Anomalies by rule' }).click();
  const table = page.getByRole('table', { name: 'Anomalies by rule' });
  await table.getByRole('columnheader', { name: 'Stagnant pallet' }).waitFor();
});

it('never broke a policy of the server, nor threw', () => {
  expect(complained).toEqual([]);
});
