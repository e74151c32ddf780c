import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { csv, newName, registerAs, visit } from './journey';

/** A wrong file, sent and deleted: nobody's work is lost. And a report that was sent to nobody. */
let browser: BrowserContext;
let page: Page;
let complained: string[];
let big: string;
let few: string;

const HEADER = 'Pallet ID,Location,Received At,Receipt Number,Description';
const STUCK = Array.from(
  { length: 60 },
  (_, n) => `PD${2000 + n},RECV-01,2026-03-01 02:00,RC-${n},Flour`,
);
const FEW = [
  'PD9001,001A,2026-03-01 08:00,RC-99,Rice',
  'PD9002,RECV-02,2026-03-03 07:00,RC-98,Oil',
];

const choose = (...files: ReturnType<typeof csv>[]) =>
  page.locator('input[type=file]').first().setInputFiles(files);

async function chooseAsOf(asOf: string): Promise<void> {
  await page.getByRole('button', { name: 'Snapshot time and layout file' }).click();
  await page.getByLabel('Moment of the snapshot').fill(asOf);
}

async function openReport(): Promise<string> {
  await page.getByRole('link', { name: 'Open the report' }).first().click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  return new URL(page.url()).pathname;
}

async function fromMenu(item: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Waits until so many of a report's anomalies have a status. */
async function settled(report: string, status: string, count: number): Promise<void> {
  await expect
    .poll(async () => {
      await visit(page, `${report}?view=anomalies&status=${status}`);
      const countText = page.getByText(/^\d+ anomal(y|ies)( of \d+)?$/).first();
      return (await countText.innerText({ timeout: 10_000 }).catch(() => '')).split(' ')[0];
    })
    .toBe(String(count));
}

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  complained = complaints(page);
  await registerAs(page, newName('dana'));
});

afterAll(async () => {
  await browser.close();
});

it('makes the first warehouse where the file is sent', async () => {
  await visit(page, '/new');
  await page.getByLabel('Name of your warehouse').fill('Dana hall');
  await chooseAsOf('2026-03-02T08:00');
  expect(await barriers(page)).toEqual([]);
  await choose(csv('big.csv', [HEADER, ...STUCK]));
  big = await openReport();
  await page.getByText('Dana hall').first().waitFor();
  await settled(big, 'New', 60);
});

it('resolves what a file of a few rows lacks', async () => {
  // The file is chosen before the list of warehouses is there: it goes to the only one all the same.
  const list = /\/api\/v1\/warehouses\?/;
  await page.route(list, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await route.continue();
  });
  await visit(page, '/new');
  await chooseAsOf('2026-03-03T08:00');
  await choose(csv('few.csv', [HEADER, ...FEW]));
  await page.getByRole('link', { name: 'Answer' }).click();
  await page.unroute(list);
  await page.getByRole('radio', { name: /All of Dana hall/ }).click();
  await page.getByRole('button', { name: 'Analyze' }).click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  few = new URL(page.url()).pathname;
  await settled(big, 'Resolved', 60);
});

it('says what its deletion does, and then everything is open again', async () => {
  await visit(page, few);
  await fromMenu('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete this report?' });
  await dialog.getByText(/^60 anomalies that this snapshot resolved will be open again/).waitFor();
  await dialog.getByText('The snapshot before it shows again how Dana hall stands.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText(/What it resolved is being opened again/).waitFor();
  await settled(big, 'New', 60);
  await page
    .getByRole('button', { name: /PD2000/ })
    .first()
    .click();
  await page
    .getByLabel('Anomaly', { exact: true })
    .getByText(/^Open again: the snapshot of 2026-03-03T/)
    .waitFor();
});

it('puts a report into a warehouse that was sent to none', async () => {
  await visit(page, '/w/all/new');
  await chooseAsOf('2026-03-03T08:00');
  await choose(csv('again.csv', [HEADER, ...STUCK]));
  const report = await openReport();
  await fromMenu('Put into a warehouse…');
  const dialog = page.getByRole('dialog', { name: 'Put the report into a warehouse' });
  await expect
    .poll(() => dialog.getByRole('combobox', { name: 'Warehouse' }).inputValue())
    .toBe('Dana hall');
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Analyze there' }).click();
  await page.getByText('Since the snapshot before').waitFor();
  expect(new URL(page.url()).pathname).toBe(report);
  await visit(page, '/anomalies');
  await page.getByText('60 anomalies', { exact: true }).waitFor();
});

it('puts it into a new warehouse, that is named there', async () => {
  await page.goBack();
  await fromMenu('Put into another warehouse…');
  const dialog = page.getByRole('dialog', { name: 'Put the report into another warehouse' });
  await dialog.getByText(/For Dana hall it is then as if it had never been sent/).waitFor();
  await dialog.getByRole('button', { name: 'Analyze there' }).click();
  await dialog.getByText('Give it a name.').waitFor();
  await dialog.getByLabel('Name of the new warehouse').fill('Second hall');
  await dialog.getByRole('button', { name: 'Analyze there' }).click();
  await page.getByText('Second hall').first().waitFor();
  // The warehouse that it has left is settled a moment after it is shown in the other one.
  const newer = page.getByText(/^A newer snapshot of this warehouse/);
  await expect
    .poll(async () => {
      await settled(big, 'New', 60);
      return newer.count();
    })
    .toBe(0);
});

it('never broke a policy of the server, nor threw', () => {
  expect(complained).toEqual([]);
});
