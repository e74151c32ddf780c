import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import { newName, signInAs, visit } from './journey';
import { readStack } from './stack';

const bolt = newName('Bolt');
const nut = newName('Nut');
const acme = newName('Acme');
const { api_url: api, username, password } = readStack();
const SECTIONS = [
  ['low-stock', 'Low stock'],
  ['abc', 'ABC'],
  ['turnover', 'Turnover'],
  ['slow-movers', 'Slow movers'],
  ['consumption', 'Consumption'],
  ['suppliers', 'Suppliers'],
  ['orders', 'Orders'],
] as const;
let browser: BrowserContext;
let page: Page;
let wrong: string[];
let headers: Record<string, string>;

interface Made {
  id: string;
}

async function send(method: string, path: string, body: unknown): Promise<Made> {
  const answer = await fetch(`${api}${path}`, {
    method,
    headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Made;
}

/** Of ten there were seven used today; the supplier sells dozens. */
async function lowItem(name: string, supplier: string): Promise<void> {
  const fact = { currency: 'EUR', unit_cost: '2.00', reorder_point: 5, supplier };
  const item = await send('POST', '/items', { name, quantity: 10, ...fact });
  const used = { item_id: item.id, warehouse_id: 'wh_main', kind: 'issue', quantity: 7 };
  await send('POST', '/movements', used);
  const part = { part_number: 'N-1', unit: 'pcs', pack_size: 12, price: '6.00' };
  await send('PUT', `/suppliers/${supplier}/parts/${item.id}`, part);
}

const row = (table: string, text: string) =>
  page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text });

beforeAll(async () => {
  headers = { 'Content-Type': 'application/json' };
  const session = await fetch(`${api}/auth/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ username, password }),
  });
  const { token } = (await session.json()) as { token: string };
  headers.Authorization = `Bearer ${token}`;
  const supplier = await send('POST', '/suppliers', { name: acme, lead_time_days: 3 });
  await lowItem(bolt, supplier.id);
  await lowItem(nut, supplier.id);
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  wrong = complaints(page);
  await visit(page, '/sign-in');
  await signInAs(page, username, password);
});

afterAll(async () => {
  await browser.close();
});

it('says on the dashboard how the stock stands', async () => {
  await visit(page, '/w/all');
  await page.getByRole('link', { name: /^Stock value/ }).waitFor();
  await page.getByRole('link', { name: /^Late orders/ }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: /^Stock value/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Analytics' }).waitFor();
});

it('tells what the stock is worth, also as a table', async () => {
  await page.getByText('Worth now').waitFor();
  await page.getByText(/^As of /).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByText('Category', { exact: true }).click();
  await page.getByRole('button', { name: 'As a table: Value: Category' }).click();
  await page.getByRole('table', { name: 'Value: Category' }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('draws up an order of what is low', async () => {
  await page.getByRole('link', { name: 'Low stock' }).click();
  await expect
    .poll(async () => {
      await page.reload();
      await page.getByRole('table', { name: 'Low stock' }).waitFor();
      return (await row('Low stock', nut).count()) + (await row('Low stock', bolt).count());
    })
    .toBe(2);
  await row('Low stock', bolt).getByText(acme).waitFor();
  await row('Low stock', bolt)
    .getByText(/packs of 12 pcs/)
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('checkbox', { name: `Choose ${bolt}` }).check();
  await page.getByRole('checkbox', { name: `Choose ${nut}` }).check();
  await page.getByText('2 items chosen').waitFor();
  await page.getByRole('button', { name: 'Draw up 1 order' }).click();
  await page.getByRole('heading', { level: 1, name: /^PO-/ }).waitFor();
  await row('Lines', bolt).waitFor();
  await row('Lines', nut).waitFor();
});

it('leads from the orders to a draft of one thing that is low', async () => {
  await visit(page, '/orders');
  await page.getByRole('link', { name: 'What to order' }).click();
  await page.getByRole('button', { name: `Draw up an order of ${bolt}` }).click();
  await page.getByRole('heading', { level: 1, name: /^PO-/ }).waitFor();
  await row('Lines', bolt).waitFor();
  expect(await row('Lines', nut).count()).toBe(0);
});

it.each(SECTIONS)('shows %s', async (path, name) => {
  await visit(page, `/analytics/${path}`);
  await page.getByRole('link', { name, exact: true }).last().waitFor();
  await page
    .getByText(/^As of |^No order was placed yet/)
    .first()
    .waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('keeps the period in the address', async () => {
  await visit(page, '/analytics/abc');
  await page.getByText('30 days', { exact: true }).click();
  await page.waitForURL(/days=/);
  await page.reload();
  await expect.poll(() => page.getByLabel('30 days').isChecked()).toBe(true);
});

it.each(['', ...SECTIONS.map(([path]) => path)])('fits a phone: %s', async (path) => {
  await page.setViewportSize(PHONE);
  await visit(page, `/analytics/${path}`);
  await page
    .getByText(/^As of |^No order was placed yet/)
    .first()
    .waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(PHONE.width);
  expect(await barriers(page)).toEqual([]);
});

it('complains of nothing', () => {
  expect(wrong).toEqual([]);
});
