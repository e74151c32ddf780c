import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import { makeWarehouse, newName, signInAs, visit } from './journey';
import { readStack } from './stack';
import { sample } from './thorough';

/** A GTIN of these thirteen digits and the one that checks them. */
const gtinOf = (digits: string): string => {
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

const milk = newName('Milk');
const hall = newName('Floor hall');
const gtin = gtinOf(`095${Date.now().toString().slice(-10)}`);
const label = (lot: string) => `(01)${gtin}(17)310131(10)${lot}`;
const { username, password } = readStack();
let desk: BrowserContext;
let pocket: BrowserContext;
let page: Page;
let phone: Page;
let warehouse: string;
let wrong: string[][];

const dialog = (on: Page) => on.getByRole('dialog');
const scan = async (code: string) => {
  await phone.getByLabel('Code').fill(code);
  await phone.keyboard.press('Enter');
};

beforeAll(async () => {
  desk = await openBrowser();
  pocket = await openBrowser({ viewport: PHONE, hasTouch: true, isMobile: true });
  page = desk.pages()[0] ?? (await desk.newPage());
  phone = pocket.pages()[0] ?? (await pocket.newPage());
  wrong = [complaints(page), complaints(phone)];
  for (const each of [page, phone]) {
    await visit(each, '/sign-in');
    await signInAs(each, username, password);
  }
  warehouse = await makeWarehouse(page, hall, [['A-{01..04}', 'Storage']]);
  await visit(page, '/items');
  await page.getByRole('button', { name: 'New item' }).first().click();
  await dialog(page).getByLabel('Name', { exact: true }).fill(milk);
  await dialog(page).getByRole('button', { name: 'More fields' }).click();
  await dialog(page).getByLabel('GTIN').fill(gtin);
  await dialog(page).getByRole('button', { name: 'Create the item' }).click();
  await page.getByRole('heading', { level: 1, name: milk }).waitFor();
  await visit(phone, `/w/${warehouse}`);
  await phone.getByRole('button', { name: `Warehouse: ${hall}` }).waitFor();
});

afterAll(async () => {
  await desk.close();
  await pocket.close();
});

it('has the way to scan and to the items at the foot of a phone', async () => {
  const tabs = phone.getByRole('navigation', { name: 'Main navigation' });
  await expect
    .poll(() => tabs.locator('> *').allInnerTexts())
    .toEqual(['Home', 'Work', 'Scan', 'Items', 'More']);
  await tabs.getByRole('link', { name: 'Scan' }).click();
  await phone.getByRole('heading', { level: 1, name: 'Scan' }).waitFor();
  expect(await phone.getByLabel('Code').evaluate((field) => field === document.activeElement)).toBe(
    true,
  );
  expect(await barriers(phone)).toEqual([]);
});

it('says of a code whose it is, and that another is nobody’s or damaged', async () => {
  await scan('NOTHING-HAS-THIS');
  await phone.getByText('No item has this code').waitFor();
  await scan('(10)L7(17)310131');
  await phone.getByText('This code cannot be read').waitFor();
  await scan('(00)340123450000000000');
  await phone.getByRole('link', { name: 'Open the pallet' }).waitFor();
  expect(await barriers(phone)).toEqual([]);
  await scan(label('L7'));
  await phone.getByRole('heading', { name: milk }).waitFor();
  const said = phone.getByRole('region', { name: 'On the label' });
  await said.getByText('31 Jan 2031').waitFor();
  expect(await said.innerText()).toContain('L7');
  expect(await barriers(phone)).toEqual([]);
});

it('receives with lot and date as the label says', async () => {
  await phone.getByRole('button', { name: 'Receive' }).click();
  expect(await dialog(phone).getByLabel('Lot', { exact: true }).inputValue()).toBe('L7');
  expect(await dialog(phone).getByLabel('Expiry date of the lot').inputValue()).toBe('2031-01-31');
  await dialog(phone).getByLabel('Location').fill('A-01');
  await dialog(phone).getByLabel('Quantity').fill('12');
  expect(await barriers(phone)).toEqual([]);
  await dialog(phone).getByRole('button', { name: 'Receive' }).click();
  await phone.getByText('Received 12 pcs.').waitFor();
  await phone.getByText('In stock: 12 pcs').waitFor();
});

it('counts what stands there', async () => {
  await phone.getByRole('button', { name: 'Count', exact: true }).click();
  expect(await dialog(phone).getByLabel('Location').inputValue()).toBe('A-01');
  await dialog(phone).getByLabel('Counted quantity').fill('11');
  await dialog(phone).getByRole('button', { name: 'Count', exact: true }).click();
  await phone.getByText('Counted 11 pcs.').waitFor();
  await phone.getByText('In stock: 11 pcs').waitFor();
});

it('transfers from where it is, and undoes that', async () => {
  await phone.getByRole('button', { name: 'Transfer' }).click();
  const place = `${hall}, A-01, lot L7`;
  await dialog(phone).getByLabel(`Quantity from ${place}`).fill('30');
  await dialog(phone).getByRole('combobox', { name: 'To the location' }).fill('a-01');
  await dialog(phone).getByRole('button', { name: 'Transfer' }).click();
  await dialog(phone).getByText('It goes to another place.').waitFor();
  await dialog(phone).getByRole('combobox', { name: 'To the location' }).fill('a-02');
  await dialog(phone).getByRole('button', { name: 'Transfer' }).click();
  await dialog(phone).getByText('There are 11 pcs of').waitFor();
  expect(await barriers(phone)).toEqual([]);
  await dialog(phone).getByLabel(`Quantity from ${place}`).fill('4');
  await dialog(phone).getByRole('button', { name: 'Transfer' }).click();
  await phone.getByText('1 transfer made.').waitFor();
  await phone.getByRole('button', { name: 'Undo' }).last().click();
  await phone.getByText('Undone: the stock is as it was before.').waitFor();
  // What is said lies over the way there, for as long as a pointer is above it.
  const link = phone.getByRole('link', { name: 'Open the item' });
  await visit(phone, (await link.getAttribute('href')) ?? '');
  await phone.getByText('reversed since').waitFor();
  expect(await barriers(phone)).toEqual([]);
});

it('undoes a movement from its row, once', async () => {
  await visit(page, '/items');
  await page.getByRole('searchbox').fill(milk);
  await page.getByRole('link', { name: milk }).click();
  const movements = page.getByRole('table', { name: 'Movements' });
  await movements.getByText(`by ${username}`).first().waitFor();
  await page.getByRole('button', { name: /^Undo: Count, −1 pcs/ }).click();
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone: the stock is as it was before.').waitFor();
  await movements.getByRole('row', { name: /Count.*reversed since/ }).waitFor();
  expect(await page.getByRole('button', { name: /^Undo: Count/ }).count()).toBe(0);
  const link = movements.getByRole('link', { name: 'to its reversal' }).first();
  await link.click();
  await page.waitForURL((url) => url.hash !== '');
});

it('changes the date of a lot, and tells in Spanish why an expired one stays', async () => {
  await page.getByRole('button', { name: 'Edit lot L7' }).click();
  await dialog(page).getByLabel('Expiry date of the lot').fill('2026-01-31');
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Lot L7 is saved.').waitFor();
  await page.getByRole('table', { name: 'Lots' }).getByText('31 Jan 2026').waitFor();
  await page.evaluate(() => localStorage.setItem('stockwarden-locale', 'es'));
  await page.reload();
  await page.getByRole('button', { name: 'Sacar' }).click();
  await dialog(page).getByLabel('Cantidad').fill('1');
  await dialog(page).getByRole('button', { name: 'Sacar' }).click();
  await dialog(page).getByText(`El lote L7 de ${milk} caducó el 31 ene 2026.`).waitFor();
  await page.evaluate(() => localStorage.setItem('stockwarden-locale', 'en'));
  await page.reload();
  await page.getByRole('heading', { level: 1, name: milk }).waitFor();
});

it('shows what is where, and transfers several places as one', async () => {
  await page.getByRole('button', { name: 'Receive' }).click();
  await dialog(page).getByRole('combobox', { name: 'Warehouse' }).click();
  await page.getByRole('option', { name: hall }).click();
  await dialog(page).getByLabel('Location').fill('A-03');
  await dialog(page).getByLabel('Lot', { exact: true }).fill('L8');
  await dialog(page).getByLabel('Quantity').fill('5');
  await dialog(page).getByRole('button', { name: 'Receive' }).click();
  await page.getByText('Received 5 pcs.').waitFor();
  await visit(page, `/w/${warehouse}/utilization`);
  await page.getByRole('link', { name: 'What is where' }).click();
  await page.getByRole('row', { name: new RegExp(`A-01.*${milk}.*12 pcs`) }).waitFor();
  await page.getByRole('row', { name: new RegExp(`A-03.*${milk}.*5 pcs`) }).waitFor();
  expect(await barriers(page)).toEqual([]);
  for (const place of ['A-01, lot L7', 'A-03, lot L8'])
    await page.getByLabel(`Choose ${milk}, ${place}`).check();
  await page.getByRole('button', { name: 'Transfer' }).click();
  await dialog(page)
    .getByRole('button', { name: /^All from .*A-01/ })
    .click();
  await dialog(page)
    .getByLabel(/^Quantity from .*A-03/)
    .fill('2');
  await dialog(page).getByRole('combobox', { name: 'To the location' }).fill('A-04');
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Transfer' }).click();
  await page.getByText('2 transfers made as one.').waitFor();
  await page.getByRole('row', { name: new RegExp(`A-04.*${milk}.*lot L7|A-04.*12 pcs`) }).waitFor();
  await page.getByRole('searchbox', { name: 'Location' }).fill('a-03');
  await page.waitForURL((url) => url.searchParams.get('location') === 'A-03');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
});

it('opens a count of a location at the desk', async () => {
  await page.getByRole('link', { name: 'Counts' }).click();
  await page.getByText('No counts yet').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Open a count' }).click();
  await dialog(page).getByRole('textbox', { name: 'A location' }).fill('a-04');
  await dialog(page).getByRole('button', { name: 'Show what is there' }).click();
  await dialog(page).getByText('2 of 25 places').waitFor();
  await dialog(page).getByLabel('Note').fill('Monday');
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Open the count' }).click();
  await page.getByRole('heading', { level: 1, name: /^Count of/ }).waitFor();
  await page.getByText('2 places are not counted yet.').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('is counted by phone, one place at a time, and posted', async () => {
  await visit(phone, `/w/${warehouse}/counts`);
  await phone.getByRole('table', { name: 'Counts' }).getByRole('link').click();
  await phone.getByText('Place 1 of 2').waitFor();
  expect(await barriers(phone)).toEqual([]);
  await phone.getByLabel(/^Counted: /).fill('12');
  await phone.keyboard.press('Enter');
  await phone.getByText('Place 2 of 2').waitFor();
  await phone.getByLabel(/^Counted: /).fill('1');
  await phone.getByRole('button', { name: 'Review' }).click();
  await phone.getByText('Difference: −1').waitFor();
  expect(await barriers(phone)).toEqual([]);
  await phone.reload();
  await phone.getByRole('button', { name: 'Next' }).click();
  await phone.getByRole('button', { name: 'Review' }).click();
  await phone.getByRole('button', { name: 'Post the count' }).click();
  await dialog(phone).getByText('2 places, 1 difference.').waitFor();
  await dialog(phone).getByRole('button', { name: 'Post the count' }).click();
  await phone.getByText('The count is posted.').waitFor();
  await visit(page, `/w/${warehouse}/counts`);
  await page.getByRole('row', { name: /Posted.*Monday.*2 places, 1 difference/ }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('has no barriers in the dark, and nothing wider than a phone', async () => {
  const night = await openBrowser({ colorScheme: 'dark' });
  const dark = night.pages()[0] ?? (await night.newPage());
  await visit(dark, '/sign-in');
  await signInAs(dark, username, password);
  const problems: Record<string, string[]> = {};
  for (const path of sample([
    ...['/items', '/items/suppliers', '/items/categories', '/items/units', '/items/types'],
    ...['stock', 'counts', 'utilization'].map((screen) => `/w/${warehouse}/${screen}`),
    `/scan?code=${encodeURIComponent(label('L7'))}`,
    new URL(phone.url()).pathname,
  ])) {
    for (const each of [dark, phone]) {
      await visit(each, path);
      await each.waitForLoadState('networkidle');
      const wide = await each.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      const found = await barriers(each);
      if (wide > 0) found.push(`${wide} pixels wider than the screen`);
      if (found.length > 0) problems[`${path} ${each === dark ? 'dark' : 'phone'}`] = found;
    }
  }
  await night.close();
  expect(problems).toEqual({});
  expect(wrong.flat()).toEqual([]);
});
