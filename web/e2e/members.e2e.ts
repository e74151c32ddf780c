import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { openBrowser } from './browser';
import { dockInventory } from './inventories';
import { expectPath, makeWarehouse, newName, registerAs, upload, visit } from './journey';

const owner = newName('olga');
const guest = newName('gus');
let first: BrowserContext;
let second: BrowserContext;
let olga: Page;
let gus: Page;
let warehouse: string;

beforeAll(async () => {
  [first, second] = [await openBrowser(), await openBrowser()];
  olga = first.pages()[0] ?? (await first.newPage());
  gus = second.pages()[0] ?? (await second.newPage());
  await registerAs(olga, owner);
  await registerAs(gus, guest);
  warehouse = await makeWarehouse(olga, 'Shared hall', [['RECV-{01..04}', 'Receiving']]);
  await upload(olga, dockInventory(), warehouse);
  await olga.getByRole('link', { name: 'Open the report' }).waitFor();
});

afterAll(async () => {
  await first.close();
  await second.close();
});

it('is not seen by others before it is shared', async () => {
  await visit(gus, `/w/${warehouse}/layout`);
  await gus.getByText('Not found').waitFor();
});

it('is shared by name, and says so when there is no such user', async () => {
  await visit(olga, `/w/${warehouse}/members`);
  await olga.getByLabel('User name').fill('nobody-of-that-name');
  await olga.getByRole('button', { name: 'Share', exact: true }).click();
  await olga.getByText('There is no user “nobody-of-that-name”.').waitFor();
  await olga.getByLabel('User name').fill(guest);
  await olga.getByRole('button', { name: 'Share', exact: true }).click();
  await olga.getByText(`${guest} can see this warehouse now.`).waitFor();
  await olga.getByRole('combobox', { name: `Role of ${guest}` }).waitFor();
  expect(await barriers(olga)).toEqual([]);
});

it('shows a viewer everything, and lets them change nothing', async () => {
  await visit(gus, `/w/${warehouse}/reports`);
  await gus.getByText(`Shared by ${owner}`).waitFor();
  await gus.getByRole('link', { name: 'waiting', exact: true }).waitFor();
  await visit(gus, `/warehouses/${warehouse}`);
  await gus.getByText('The layout is set by the managers').waitFor();
  expect(await gus.getByRole('button', { name: 'Add a row' }).count()).toBe(0);
  await visit(gus, `/w/${warehouse}/rules/stagnant-pallet`);
  await gus.getByText('You can look, but not change').waitFor();
  expect(await gus.getByRole('textbox', { name: 'Hours allowed' }).isDisabled()).toBe(true);
  await visit(gus, `/w/${warehouse}/members`);
  await gus.getByText('Only managers can share it with others.').waitFor();
  expect(await gus.getByLabel('User name').count()).toBe(0);
});

it('lets a manager change what a viewer could not', async () => {
  await olga.getByRole('combobox', { name: `Role of ${guest}` }).click();
  await olga.getByRole('option', { name: 'Manager' }).click();
  await olga.getByText(`${guest} is a manager now.`).waitFor();
  await visit(gus, `/w/${warehouse}/rules/stagnant-pallet`);
  await gus.getByRole('textbox', { name: 'Hours allowed' }).fill('4');
  await gus.getByRole('button', { name: 'Save', exact: true }).click();
  await gus.getByText('It holds from the next analysis on').waitFor();
});

it('can be left', async () => {
  await visit(gus, `/w/${warehouse}/members`);
  await gus.getByRole('button', { name: 'Leave' }).click();
  await gus.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await expectPath(gus, /^\/warehouses$/);
  await gus.getByText('No warehouse yet').waitFor();
});
