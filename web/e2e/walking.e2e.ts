import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaints, DESKTOP, openBrowser, PHONE } from './browser';
import {
  csv,
  expectPath,
  makeWarehouse,
  newName,
  registerAs,
  signInAs,
  upload,
  visit,
} from './journey';

/** From a long list to the place on the floor, at a desk and with a phone in the hand. */
let browser: BrowserContext;
let page: Page;
let complained: string[];
let warehouse: string;
let report: string;
const me = newName('lia');

const DAY_MS = 86_400_000;
const day = (ahead: number) => new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
const EXPIRED = day(-6);
const number = (n: number) => `0035001234${String(n).padStart(7, '0')}`;
const row = (n: number, location: string, expiry = '') =>
  [number(n), location, `${day(-20)} 08:00`, 'RC-1', 'TOMATO PASSATA', expiry].join(',');

/** More than the service gives at once, of three priorities. */
function inventory() {
  const many = (count: number, make: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => make(n));
  const storage = (n: number) => `${String(n + 1).padStart(3, '0')}A`;
  return csv('floor.csv', [
    'Pallet ID,Location,Received At,Receipt Number,Description,Expiry Date',
    ...many(110, (n) => row(n, '')),
    ...many(30, (n) => row(200 + n, `RECV-0${(n % 4) + 1}`)),
    ...many(12, (n) => row(300 + n, storage(n), day(3))),
    ...many(3, (n) => row(400 + n, `ZZ-${n}`)),
    row(158, '020B', EXPIRED),
  ]);
}

const panelOf = (where: Page) => where.getByLabel('Anomaly', { exact: true });
const rowsOf = (where: Page) =>
  where.getByRole('table', { name: 'List of anomalies' }).getByRole('row');

beforeAll(async () => {
  browser = await openBrowser({ timezoneId: 'Europe/Madrid' });
  page = browser.pages()[0] ?? (await browser.newPage());
  complained = complaints(page);
  await registerAs(page, me);
  warehouse = await makeWarehouse(page, 'Floor', [
    ['{001..020}{A..B}', 'Storage'],
    ['RECV-{01..04}', 'Receiving'],
  ]);
});

afterAll(async () => {
  await browser.close();
});

it('says of a received file that it is read, and does not offer to send it twice', async () => {
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/api\/v1\/reports\/rep_\w+$/, async (route) => {
    await held;
    await route.continue();
  });
  await upload(page, inventory(), warehouse);
  await page.getByText('Received, being read').waitFor();
  expect(await page.getByRole('button', { name: 'Send again' }).count()).toBe(0);
  release();
  await page.unrouteAll({ behavior: 'wait' });
  await page.getByRole('link', { name: 'Open the report' }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  report = new URL(page.url()).pathname;
});

it('begins with the least urgent of all when the priority is turned around', async () => {
  await visit(page, `${report}?view=anomalies`);
  await page.getByText(/^15\d anomalies$/).waitFor();
  expect(await rowsOf(page).nth(1).innerText()).toContain('Very high');
  await page.getByRole('button', { name: 'Sort by Priority' }).click();
  await rowsOf(page).nth(1).getByText('Medium').waitFor();
  const first = await rowsOf(page).allInnerTexts();
  expect(first.slice(1, 13).every((text) => text.includes('Medium'))).toBe(true);
  expect(first.some((text) => text.includes('Very high'))).toBe(false);
});

it('shows the end of every number and the whole status, also beside the panel', async () => {
  const expectWhole = async (where: Page) => {
    const faults = await where.evaluate(() => {
      const table = document.querySelector('[role=table]')!.getBoundingClientRect();
      return [...document.querySelectorAll('[role=row][data-index]')].flatMap((row) => {
        const place = row.querySelector('[data-column=location]')!.getBoundingClientRect();
        const code = row.querySelector('[data-column=subject] .code > span')!;
        const range = document.createRange();
        range.selectNodeContents(code.lastChild!);
        const end = range.getBoundingClientRect();
        const box = code.getBoundingClientRect();
        const status = row.querySelector('[data-column=status] p, [data-column=status] span')!;
        return [
          ...(place.width > 0 && place.height > 0 ? [] : ['no location']),
          ...(end.width > 0 && end.right <= box.right + 1 ? [] : [`cut: ${code.textContent}`]),
          ...(status.getBoundingClientRect().right <= table.right ? [] : ['status outside']),
        ];
      });
    });
    expect(faults).toEqual([]);
  };
  for (const width of [DESKTOP.width, 1240, 820, PHONE.width]) {
    await page.setViewportSize({ width, height: 900 });
    await visit(page, `${report}?view=anomalies&rule=stagnant-pallet`);
    await rowsOf(page)
      .filter({ hasText: number(200) })
      .first()
      .waitFor();
    await expectWhole(page);
    if (width < 1200) continue;
    await page.getByRole('button', { name: new RegExp(`${number(201)} has waited`) }).click();
    await panelOf(page).getByText('Has waited').waitFor();
    await expectWhole(page);
  }
  await page.setViewportSize(DESKTOP);
});

/** How many colours the middle of something has, as it is on the screen. */
async function colours(where: Page, what: Locator): Promise<number> {
  const png = (await what.screenshot({ animations: 'disabled' })).toString('base64');
  return where.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(4, 4, image.width - 8, image.height - 8);
    const seen = new Set<string>();
    for (let offset = 0; offset < data.length; offset += 4)
      seen.add(data.slice(offset, offset + 3).join());
    return seen.size;
  }, png);
}

it('ticks what is chosen', async () => {
  await visit(page, `${report}?view=anomalies&rule=stagnant-pallet`);
  const box = page.getByRole('checkbox').nth(1);
  await box.waitFor();
  expect(await colours(page, box)).toBe(1);
  await box.check();
  await page.mouse.move(0, 0);
  await expect.poll(() => colours(page, box)).toBeGreaterThan(2);
});

it('tells a date of the file as the date that it is', async () => {
  await visit(page, `${report}?view=anomalies&rule=expired`);
  await page.getByRole('button', { name: new RegExp(number(158)) }).click();
  const head = panelOf(page).getByRole('heading', { level: 2 });
  expect(await head.innerText()).toBe(`020B · Pallet ${number(158)} · TOMATO PASSATA`);
  const evidence = panelOf(page).getByRole('table', { name: 'Evidence' });
  await evidence.getByText(EXPIRED, { exact: true }).waitFor();
  expect(await evidence.getByText('Read as').count()).toBe(0);
});

it('goes back to the list when the panel is closed, however that is done', async () => {
  await visit(page, '/');
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Anomalies/ })
    .click();
  await page.getByRole('button', { name: new RegExp(number(0)) }).click();
  await panelOf(page).getByText(number(0)).first().waitFor();
  await panelOf(page).getByRole('button', { name: 'Next anomaly' }).click();
  await panelOf(page).getByText(number(1)).first().waitFor();
  await page.goBack();
  await panelOf(page).waitFor({ state: 'detached' });
  await expectPath(page, /^\/w\/\w+\/anomalies$/);
  await page.getByRole('button', { name: new RegExp(number(2)) }).click();
  await panelOf(page).getByRole('button', { name: 'Close the panel' }).click();
  await panelOf(page).waitFor({ state: 'detached' });
  await page.goBack();
  await expectPath(page, /^\/w\/\w+$/);
});

it('counts as the service does', async () => {
  // The screen before this one asks for the same.
  await page.waitForLoadState('networkidle');
  const answer = page.waitForResponse(/\/utilization\?/);
  await visit(page, `/w/${warehouse}/utilization`);
  const { now } = (await (await answer).json()) as {
    now: { outside_layout: number; areas: { locations: number; empty: number }[] };
  };
  const sum = (of: 'locations' | 'empty') => now.areas.reduce((all, area) => all + area[of], 0);
  expect([now.outside_layout, sum('locations') - 3 + sum('empty')]).toEqual([3, 44]);
  await page.getByText('of 44 in the layout · 3 more outside it').waitFor();
  await visit(page, `${report}?view=locations`);
  const nowhere = page.getByRole('row', { name: /^No location/ });
  expect((await nowhere.innerText()).split(/\s+/).slice(-2)).toEqual(['110', '110']);
  await visit(page, report);
  await page.getByText('with example prices · set yours').click();
  await expectPath(page, /^\/w\/\w+\/costs$/);
});

it('puts the place first on a phone, and Back closes what covers the list', async () => {
  const phone = await openBrowser({
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    timezoneId: 'America/Mexico_City',
  });
  const hand = phone.pages()[0] ?? (await phone.newPage());
  const problems = complaints(hand);
  await visit(hand, '/sign-in');
  await signInAs(hand, me);
  await hand.getByRole('link', { name: 'Work', exact: true }).click();
  await visit(hand, '/anomalies?rule=stagnant-pallet');
  const first = rowsOf(hand).filter({ hasText: number(200) });
  const [place, pallet, rule] = [
    first.locator('[data-column=location] .code'),
    first.locator('[data-column=subject] .code'),
    first.getByText('Stagnant pallet'),
  ];
  const tops = await Promise.all(
    [place, pallet, rule].map(async (part) => (await part.boundingBox())?.y ?? NaN),
  );
  expect([...tops].sort((a, b) => a - b)).toEqual(tops);
  const size = (part: Locator) =>
    part.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  expect(await place.innerText()).toBe('RECV-01');
  expect(await size(place)).toBeGreaterThan(1.2 * (await size(pallet)));

  await first.getByRole('button', { name: new RegExp(number(200)) }).tap();
  const head = panelOf(hand).getByRole('heading', { level: 2 });
  await head.waitFor();
  expect(await head.innerText()).toContain(`RECV-01 · Pallet ${number(200)}`);
  await hand.goBack();
  await panelOf(hand).waitFor({ state: 'detached' });
  expect(new URL(hand.url()).pathname).toBe('/w/all/anomalies');
  await first.waitFor();
  expect(problems).toEqual([]);
  await phone.close();
});

it('complains of nothing', () => {
  expect(complained).toEqual([]);
});
