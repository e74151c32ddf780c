import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { isFocused, makeWarehouse, newName, registerAs, signInAs, visit } from './journey';
import { readStack } from './stack';

const item = newName('Pallet jack');
const hall = newName('Ivo hall');
const member = newName('max');
const { username: admin, password } = readStack();
let first: BrowserContext;
let second: BrowserContext;
let ivo: Page;
let max: Page;
let address: string;
let warehouse: string;
let wrong: string[][];

const inStock = (quantity: string) =>
  ivo.getByRole('main').getByText(quantity, { exact: true }).first().waitFor();
const row = (...texts: string[]) =>
  texts.reduce(
    (rows, hasText) => rows.filter({ hasText }),
    ivo.getByRole('table', { name: 'Movements' }).getByRole('row'),
  );

beforeAll(async () => {
  [first, second] = [await openBrowser(), await openBrowser()];
  ivo = first.pages()[0] ?? (await first.newPage());
  max = second.pages()[0] ?? (await second.newPage());
  wrong = [complaints(ivo), complaints(max)];
  await visit(ivo, '/sign-in');
  await signInAs(ivo, admin, password);
  await makeWarehouse(ivo, hall, [['A-{01..04}', 'Storage']]);
  warehouse = new URL(ivo.url()).pathname;
});

afterAll(async () => {
  await first.close();
  await second.close();
});

it('is not there for members', async () => {
  await registerAs(max, member);
  expect(await max.getByRole('link', { name: 'Items' }).count()).toBe(0);
  await visit(max, '/items');
  await max.getByText('There is no such page').waitFor();
});

it('creates an item with a quantity, and says at its field what is wrong', async () => {
  await ivo.getByRole('link', { name: 'Items' }).click();
  await ivo.getByRole('heading', { level: 1, name: 'Items' }).waitFor();
  expect(await barriers(ivo)).toEqual([]);
  await ivo.getByRole('button', { name: 'New item' }).click();
  const dialog = ivo.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create the item' }).click();
  await dialog.getByText('Fill this in.').waitFor();
  await dialog.getByLabel('Name', { exact: true }).fill(item);
  await dialog.getByLabel('Quantity', { exact: true }).fill('20');
  await dialog.getByLabel('Reorder point').fill('25');
  await dialog.getByRole('combobox', { name: 'Warehouse' }).click();
  await ivo.getByRole('option', { name: hall }).click();
  await dialog.getByRole('button', { name: 'More fields' }).click();
  await dialog.getByLabel('GTIN').fill('4012345000001');
  await dialog.getByRole('button', { name: 'Create the item' }).click();
  await expect.poll(() => dialog.getByLabel('GTIN').getAttribute('aria-invalid')).toBe('true');
  expect(await barriers(ivo)).toEqual([]);
  await dialog.getByLabel('GTIN').fill('');
  await dialog.getByRole('button', { name: 'Create the item' }).click();
  await ivo.getByRole('heading', { level: 1, name: item }).waitFor();
  address = new URL(ivo.url()).pathname;
  await inStock('20 pcs');
  await ivo.getByText('Low stock').waitFor();
  await row('Receipt', '+20 pcs', hall).waitFor();
  expect(await barriers(ivo)).toEqual([]);
});

it('receives at a location, in a lot that expires', async () => {
  await ivo.getByRole('button', { name: 'Receive' }).click();
  const dialog = ivo.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Receive' }).click();
  await dialog.getByText('Fill this in.').waitFor();
  await dialog.getByLabel('Location').fill('a-01');
  await dialog.getByLabel('Lot', { exact: true }).fill('l1');
  await dialog.getByLabel('Expiry date of the lot').fill('2031-05-01');
  await dialog.getByLabel('Quantity').fill('6');
  expect(await barriers(ivo)).toEqual([]);
  await dialog.getByRole('button', { name: 'Receive' }).click();
  await ivo.getByText('Received 6 pcs.').waitFor();
  await inStock('26 pcs');
  await row('+6 pcs', 'A-01, lot L1').waitFor();
  await ivo.getByRole('table', { name: 'Lots' }).getByText('1 May 2031').waitFor();
  await ivo.getByRole('button', { name: 'As a table: Stock over time' }).click();
  const levels = ivo.getByRole('table', { name: 'Stock over time' });
  await levels.getByRole('row').filter({ hasText: '26 pcs' }).first().waitFor();
  await levels.getByRole('row').filter({ hasText: '20 pcs' }).first().waitFor();
  expect(await barriers(ivo)).toEqual([]);
});

it('does not issue more than there is, and says how much that is', async () => {
  await ivo.getByRole('button', { name: 'Issue' }).click();
  const dialog = ivo.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Warehouse' }).click();
  await ivo.getByRole('option', { name: hall }).click();
  await dialog.getByText('At this place: 20 pcs.').waitFor();
  await dialog.getByLabel('Quantity').fill('50');
  await dialog.getByRole('button', { name: 'Issue' }).click();
  await dialog.getByText(`There are 20 pcs of ${item} without a location`).waitFor();
  expect(await dialog.getByLabel('Quantity').getAttribute('aria-invalid')).toBe('true');
  expect(await barriers(ivo)).toEqual([]);
});

it('issues, and undoes it', async () => {
  const dialog = ivo.getByRole('dialog');
  await dialog.getByLabel('Quantity').fill('5');
  await dialog.getByRole('button', { name: 'Issue' }).click();
  await ivo.getByText('Issued 5 pcs.').waitFor();
  await inStock('21 pcs');
  await ivo.getByRole('button', { name: 'Undo' }).last().click();
  await ivo.getByText('Undone: the stock is as it was before.').waitFor();
  await inStock('26 pcs');
  await row('Issue', 'reversed since', '−5 pcs').waitFor();
  await row('Reversal', '+5 pcs').waitFor();
});

it('sends a movement once, though its answer was lost', async () => {
  const keys: (string | undefined)[] = [];
  ivo.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/movements'))
      keys.push(request.headers()['idempotency-key']);
  });
  // In the page: Node, which would fetch for it, does not resolve the name of the local stack.
  await ivo.evaluate(() => {
    const fetch = window.fetch.bind(window);
    window.fetch = async (request, options) => {
      const answer = await fetch(request, options);
      if (!answer.url.endsWith('/movements') || answer.status !== 201) return answer;
      window.fetch = fetch;
      throw new TypeError('The answer is lost.');
    };
  });
  await ivo.getByRole('button', { name: 'Receive' }).click();
  const dialog = ivo.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Warehouse' }).click();
  await ivo.getByRole('option', { name: hall }).click();
  await dialog.getByLabel('Quantity').fill('1');
  await dialog.getByRole('button', { name: 'Receive' }).click();
  await ivo.getByText('The service cannot be reached').waitFor();
  await dialog.getByRole('button', { name: 'Receive' }).click();
  await ivo.getByText('Received 1 pcs.').waitFor();
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
  await inStock('27 pcs');
  await expect.poll(() => row('+1 pcs').count()).toBe(1);
});

it('adjusts with a reason, which stands with the movement', async () => {
  await ivo.getByRole('button', { name: 'Adjust' }).click();
  const dialog = ivo.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Warehouse' }).click();
  await ivo.getByRole('option', { name: hall }).click();
  await dialog.getByLabel('Change').fill('-2');
  await dialog.getByRole('button', { name: 'Adjust' }).click();
  await dialog.getByText('Fill this in.').waitFor();
  expect(await barriers(ivo)).toEqual([]);
  await dialog.getByLabel('Reason').fill('Dropped');
  await dialog.getByRole('button', { name: 'Adjust' }).click();
  await ivo.getByText('Adjusted by −2 pcs.').waitFor();
  await inStock('25 pcs');
  await row('Adjustment', '−2 pcs', 'Dropped').waitFor();
  expect(await barriers(ivo)).toEqual([]);
});

it('keeps a lot in quarantine back, and releases it', async () => {
  await ivo.getByRole('button', { name: 'Quarantine lot L1' }).click();
  await ivo.getByText('Lot L1 is in quarantine').waitFor();
  await ivo.getByText('In quarantine', { exact: true }).waitFor();
  expect(await barriers(ivo)).toEqual([]);
  await ivo.getByRole('button', { name: 'Release lot L1' }).click();
  await ivo.getByText('Lot L1 is available.').waitFor();
});

it('shows what there was at an instant, which stands in the address', async () => {
  await ivo.getByLabel('As of').fill('2026-01-01T06:00');
  await ivo.waitForURL((url) => url.searchParams.get('at') === '2026-01-01T06:00:00.000Z');
  await ivo.getByText('There was nothing in stock at that moment.').waitFor();
  await ivo.getByText('1 Jan 2026, 06:00: 0 pcs').waitFor();
  expect(await barriers(ivo)).toEqual([]);
  await ivo.getByRole('button', { name: 'Back to now' }).click();
  await ivo.getByRole('table', { name: 'Stock by place' }).waitFor();
});

it('edits it, and loads anew what somebody else has changed', async () => {
  const other = await first.newPage();
  await visit(other, address);
  const edit = async (page: Page, name: string) => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It cannot change once there are movements.').waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    if (page === ivo) expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
  };
  await other.getByRole('heading', { level: 1, name: item }).waitFor();
  await edit(other, `${item} of 2 t`);
  await other.getByText('Saved.').waitFor();
  await other.close();
  await edit(ivo, `${item} of 3 t`);
  await ivo.getByText('Someone else has changed this').waitFor();
  await ivo.getByRole('heading', { level: 1, name: `${item} of 2 t` }).waitFor();
  await edit(ivo, item);
  await ivo.getByText('Saved.').waitFor();
});

it('is found by a part of its name', async () => {
  await ivo.getByRole('link', { name: 'Items' }).first().click();
  await ivo.getByRole('searchbox').fill(item.slice(4));
  await ivo.waitForURL((url) => url.searchParams.get('q') === item.slice(4));
  expect(await isFocused(ivo.getByRole('searchbox'))).toBe(true);
  await expect.poll(() => ivo.getByRole('row').count()).toBe(2);
  await ivo.getByRole('row', { name: new RegExp(`${item}.*25 pcs`) }).waitFor();
  await ivo.getByLabel('Low stock only').check();
  await ivo.waitForURL((url) => url.searchParams.get('low_stock') === 'true');
  await ivo.getByRole('row', { name: new RegExp(item) }).waitFor();
  expect(await barriers(ivo)).toEqual([]);
  await ivo.getByRole('searchbox').fill('nothing of that name');
  await ivo.getByText('No item matches').waitFor();
  expect(await barriers(ivo)).toEqual([]);
  await ivo.getByRole('button', { name: 'Clear filters' }).click();
  // Where there are many items, it is not among the first.
  await ivo.getByRole('searchbox').fill(item);
  await ivo.getByRole('link', { name: item }).click();
});

it('is archived, and not deleted, as it has moved', async () => {
  await ivo.getByRole('button', { name: 'More actions' }).click();
  await ivo.getByRole('menuitem', { name: 'Delete' }).click();
  await ivo.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await ivo.getByText('Archive it instead.').waitFor();
  await ivo.getByRole('button', { name: 'More actions' }).click();
  await ivo.getByRole('menuitem', { name: 'Archive' }).click();
  await ivo.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  await ivo.getByText(`${item} is archived.`).waitFor();
  // While it fades, what it says is too faint to read.
  await ivo.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => ivo.getByRole('button', { name: 'Receive' }).isDisabled()).toBe(true);
  expect(await barriers(ivo)).toEqual([]);
  await visit(ivo, '/items?status=archived');
  await ivo.getByRole('link', { name: item }).waitFor();
});

it('keeps the warehouse, as its movements name it', async () => {
  await visit(ivo, warehouse);
  await ivo.getByRole('button', { name: 'More actions' }).click();
  await ivo.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = ivo.getByRole('dialog', { name: 'Delete this warehouse?' });
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByText('It cannot be deleted').waitFor();
  await dialog.getByText(/ stock here/).waitFor();
  expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
  expect(await barriers(ivo)).toEqual([]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

it('is read by viewers, who change nothing', async () => {
  await visit(ivo, `/admin/users?q=${member}`);
  await ivo.getByRole('combobox', { name: `Role of ${member}` }).click();
  await ivo.getByRole('option', { name: 'Viewer' }).click();
  await ivo.getByRole('button', { name: 'Change the role' }).click();
  await ivo.getByText(`${member} is a viewer now.`).waitFor();
  await second.clearCookies();
  await visit(max, '/sign-in');
  await signInAs(max, member);
  await max.getByRole('link', { name: 'Items' }).click();
  await max.getByRole('heading', { level: 1, name: 'Items' }).waitFor();
  // The next screen comes slowly: the search must not take the click back.
  await max.route(/item-page.*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  await max.getByRole('searchbox').fill(item);
  await max.getByRole('link', { name: item }).click();
  await max.getByRole('table', { name: 'Movements' }).waitFor();
  for (const name of ['New item', 'Receive', 'More actions', 'Quarantine lot L1'])
    expect(await max.getByRole('button', { name }).count()).toBe(0);
  expect(await barriers(max)).toEqual([]);
  expect(wrong.flat()).toEqual([]);
});
