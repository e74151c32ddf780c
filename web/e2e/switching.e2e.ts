import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import { dockInventory } from './inventories';
import { makeWarehouse, newName, registerAs, signInAs, switchTo, upload, visit } from './journey';

/** All screens are about the warehouse of the address, which is chosen at the top. */
const me = newName('wanda');
let browser: BrowserContext;
let page: Page;
let complained: string[];
let east: string;
let west: string;

const expectAddress = (at: Page, address: string) =>
  expect
    .poll(() => {
      const { pathname, search } = new URL(at.url());
      return `${pathname}${search}`;
    })
    .toBe(address);

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  complained = complaints(page);
  await registerAs(page, me);
  east = await makeWarehouse(page, 'East', [['RECV-{01..04}', 'Receiving']]);
  west = await makeWarehouse(page, 'West', [['RECV-{01..04}', 'Receiving']]);
  await upload(page, dockInventory(), east);
  await page.getByRole('link', { name: 'Open the report' }).waitFor();
});

afterAll(async () => {
  await browser.close();
});

it('counts what is open as soon as the first inventory is analyzed', async () => {
  await page.getByRole('navigation').getByRole('link', { name: '32 open' }).click();
  await expectAddress(page, `/w/${east}/anomalies`);
  await page.getByText('32 anomalies', { exact: true }).waitFor();
});

it('stays on the screen when another warehouse is chosen', async () => {
  await visit(page, `/w/${east}/anomalies?status=open`);
  await page.getByText('32 anomalies', { exact: true }).waitFor();
  await switchTo(page, 'West');
  await expectAddress(page, `/w/${west}/anomalies?status=open`);
  await page.getByText('32 anomalies', { exact: true }).waitFor({ state: 'detached' });
  await visit(page, `/w/${west}/members`);
  await page.getByRole('heading', { level: 1, name: 'West' }).waitFor();
  await switchTo(page, 'East');
  await expectAddress(page, `/w/${east}/members`);
  await page.getByRole('heading', { level: 1, name: 'East' }).waitFor();
});

it('goes home where all warehouses together have no such screen', async () => {
  await switchTo(page, 'All warehouses');
  await expectAddress(page, '/w/all');
  await page.getByRole('main').getByRole('link', { name: 'West' }).waitFor();
  expect(await page.getByRole('link', { name: 'How full' }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('main').getByRole('link', { name: 'East' }).click();
  await expectAddress(page, `/w/${east}`);
  await page.getByRole('heading', { level: 2, name: 'East' }).waitFor();
});

it('is the warehouse of the report that one looks at', async () => {
  await visit(page, `/w/${west}`);
  await page.getByText('No inventory of this warehouse yet').waitFor();
  await visit(page, '/w/all/reports');
  await page.getByRole('main').getByRole('link', { name: 'waiting', exact: true }).click();
  await page.getByRole('button', { name: 'Warehouse: East' }).waitFor();
});

it('begins where one was last', async () => {
  await visit(page, `/w/${west}`);
  await page.getByText('No inventory of this warehouse yet').waitFor();
  await visit(page, '/');
  await expectAddress(page, `/w/${west}`);
});

it('leads from old addresses to where their screens are now', async () => {
  const moves = [
    [`/?warehouse=${east}`, `/w/${east}`],
    [`/anomalies?warehouse=${east}&status=open`, `/w/${east}/anomalies?status=open`],
    ['/anomalies', '/w/all/anomalies'],
    [`/reports?warehouse=${east}`, `/w/${east}/reports`],
    ['/new?warehouse=none', '/w/all/new'],
    [`/warehouses/${east}?view=trends`, `/w/${east}/trends`],
    [`/rules?warehouse=${east}&view=costs`, `/w/${east}/costs`],
    [`/rules/cold-chain?warehouse=${east}`, `/w/${east}/rules/cold-chain`],
    ['/mappings', `/w/${east}/columns`],
    [`/pallets/PD2001?warehouse=${east}`, `/w/${east}/pallets/PD2001`],
  ] as const;
  for (const [old, now] of moves) {
    await visit(page, old);
    await expectAddress(page, now);
  }
});

it('says so when there is no such warehouse, and leads on', async () => {
  await visit(page, '/w/wh_gone/anomalies');
  await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await switchTo(page, 'West');
  await expectAddress(page, `/w/${west}/anomalies`);
});

it('is at hand on a phone', async () => {
  const phone = await openBrowser({ viewport: PHONE, hasTouch: true, isMobile: true });
  const hand = phone.pages()[0] ?? (await phone.newPage());
  await visit(hand, '/sign-in');
  await signInAs(hand, me);
  await switchTo(hand, 'East');
  const tabs = hand.getByRole('navigation', { name: 'Main navigation' });
  expect(await tabs.locator('> *').allInnerTexts()).toEqual(['Home', 'Work', 'New', 'More']);
  await tabs.getByRole('link', { name: 'Work' }).click();
  await expectAddress(hand, `/w/${east}/anomalies`);
  await tabs.getByRole('button', { name: 'More' }).click();
  await hand.getByRole('menuitem', { name: 'Warehouse' }).click();
  await expectAddress(hand, `/w/${east}/layout`);
  await hand.getByRole('link', { name: 'Members' }).click();
  await expectAddress(hand, `/w/${east}/members`);
  expect(await barriers(hand)).toEqual([]);
  await phone.close();
});

it('never broke a policy of the server, nor threw', () => {
  expect(complained).toEqual([]);
});
