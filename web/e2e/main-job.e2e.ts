import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaints, openBrowser } from './browser';
import { ambiguousInventory, clearInventory, namelessInventory } from './inventories';
import { expectPath, newName, registerAs, upload, visit } from './journey';

let browser: BrowserContext;
let page: Page;
let complained: string[];

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  complained = complaints(page);
  await registerAs(page, newName('ana'));
});

afterAll(async () => {
  await browser.close();
});

it('greets someone who has nothing yet with the one thing to do', async () => {
  await page.getByText('Find out what is wrong with your stock').waitFor();
  await page.getByRole('main').getByRole('link', { name: 'New analysis' }).first().click();
  await expectPath(page, /^\/w\/all\/new$/);
});

it('takes a warehouse whose layout is written in patterns', async () => {
  await visit(page, '/warehouses');
  await page.getByRole('button', { name: 'New warehouse' }).click();
  await page.getByLabel('Name', { exact: true }).fill('North hall');
  await page.getByRole('dialog').getByRole('button', { name: 'New warehouse' }).click();
  await page.getByRole('heading', { level: 1, name: 'North hall' }).waitFor();

  await page.getByRole('button', { name: 'Add a row' }).click();
  await page.getByLabel('Location pattern, row 1').fill('{001..040}{A..');
  await page.getByText('is never closed').waitFor();
  await page.getByLabel('Location pattern, row 1').fill('{001..040}{A..D}');
  await page.getByText('160 locations').waitFor();
  await page.getByRole('button', { name: 'Add a row' }).click();
  await page.getByLabel('Location pattern, row 2').fill('RECV-{01..04}');
  await page.getByRole('combobox', { name: 'Type, row 2' }).click();
  await page.getByRole('option', { name: 'Receiving' }).click();
  await page.getByLabel('Try a location code').fill('recv-03');
  await page.getByText('Row 2: Receiving').waitFor();
  await page.getByRole('button', { name: 'Save layout' }).click();
  await page.getByText('Saved.').waitFor();
});

it('shows what is wrong in a file whose columns are clear', async () => {
  await upload(page, clearInventory());
  await page.getByRole('link', { name: 'Open the report' }).click();
  await page.getByRole('tab', { name: 'Anomalies' }).click();
  await page.getByText('3 anomalies').waitFor();
  const rows = page.getByRole('table').getByRole('row');
  expect(await rows.nth(1).innerText()).toContain('Missing location');
});

it('works an anomaly down to resolved, with the evidence beside it', async () => {
  await page.getByRole('button', { name: /PX2003 has no location/ }).click();
  const panel = page.getByLabel('Anomaly', { exact: true });
  await panel.getByRole('table', { name: 'Evidence' }).getByText('PX2003').waitFor();
  await panel.getByRole('button', { name: 'Acknowledged' }).click();
  await panel.getByText('New → Acknowledged').waitFor();
  await panel.getByLabel('Comment').fill('Found behind the dock, put away in 031A.');
  await panel.getByRole('button', { name: 'Resolved' }).click();
  await page.getByRole('menuitem', { name: 'It was real, and is dealt with' }).click();
  await panel.getByText('Acknowledged → Resolved').waitFor();
  await panel.getByText('Found behind the dock').waitFor();
  // The deep link shows the same to whoever opens it.
  await page.reload();
  await page.getByLabel('Anomaly', { exact: true }).getByText('Found behind the dock').waitFor();
  await page.keyboard.press('Escape');
});

it('moves several at once', async () => {
  await page.getByLabel('Select all that are shown').check();
  await page.getByRole('region', { name: 'Set status' }).getByText('3 selected').waitFor();
  await page
    .getByRole('region', { name: 'Set status' })
    .getByRole('button', { name: 'In progress' })
    .click();
  await page.getByText('3 anomalies changed').waitFor();
  await visit(page, '/w/all/anomalies?view=board');
  const column = page.getByRole('region', { name: 'In progress' });
  await column.getByText('Missing location').waitFor();
  await column.getByRole('button', { name: /^Move Missing location/ }).click();
  await page.getByRole('menuitem', { name: 'Resolved' }).click();
  await page.getByRole('region', { name: 'Resolved' }).getByText('Missing location').waitFor();
});

it('says plainly what was checked and what was not', async () => {
  await visit(page, '/w/all/reports');
  await page.getByRole('link', { name: 'dock', exact: true }).click();
  await page.getByRole('tab', { name: 'Checks' }).click();
  await page.getByText('33 rows were checked of 33 rows in the sheet.').waitFor();
  await page
    .getByText(/Not checked: needs/)
    .first()
    .waitFor();
});

it('asks how ambiguous dates are written, and keeps the question when one leaves', async () => {
  await upload(page, ambiguousInventory(), 'all');
  await page.getByRole('link', { name: 'Name the columns' }).waitFor();
  await visit(page, '/');
  await page.getByRole('link', { name: 'Name the columns' }).click();
  await page.getByText('01/03/2026 08:00 is 1 March 2026').waitFor();
  expect(await page.getByRole('button', { name: 'Analyze' }).isDisabled()).toBe(true);
  await page.getByRole('radio', { name: 'Day first' }).click();
  await page.getByRole('table').getByText('1 March 2026').waitFor();
  await page.getByRole('button', { name: 'Analyze' }).click();
  await expectPath(page, /^\/reports\/rep_\w+$/);
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
});

it('lets a person name columns that say nothing', async () => {
  await upload(page, namelessInventory(), 'all');
  await page.getByRole('link', { name: 'Name the columns' }).last().click();
  await page.getByRole('heading', { name: 'What are the columns?' }).waitFor();
  const choose = async (column: string, field: string) => {
    await page.getByRole('combobox', { name: `${column}: Holds` }).click();
    await page.getByRole('option', { name: field, exact: true }).click();
  };
  await choose('hola1', 'Pallet number');
  await choose('hola2', 'Location');
  await choose('hola3', 'Received on');
  await page.getByRole('button', { name: 'Analyze' }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
});

it('renames and deletes a report', async () => {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Night shift');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Night shift' }).waitFor();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expectPath(page, /^\/w\/all\/reports$/);
  await page.getByRole('link', { name: 'dock', exact: true }).waitFor();
  expect(await page.getByRole('link', { name: 'Night shift' }).count()).toBe(0);
});

it('refuses files that it cannot read before sending them', async () => {
  await upload(page, { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  await page.getByText('This is not a file type that can be read.').waitFor();
});

it('never broke a policy of the server, nor threw', () => {
  expect(complained).toEqual([]);
});
