import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { csv, newName, registerAs, visit } from './journey';

/** From one snapshot of a warehouse to the next: shared out, resolved with a reason, compared. */
let browser: BrowserContext;
let page: Page;
let complained: string[];
let monday: string;
let tuesday: string;
const me = newName('kim');

const HEADER = 'Pallet ID,Location,Received At,Receipt Number,Description';
const stored = Array.from(
  { length: 12 },
  (_, n) => `PK${1000 + n},${String(n + 1).padStart(3, '0')}A,2026-03-01 08:00,RC-${n},Rice`,
);
const STUCK = 'PK2001,RECV-01,2026-03-01 02:00,RC-90,Flour';
const TOO = 'PK2002,RECV-02,2026-03-01 03:00,RC-91,Oil';
const LOST = 'PK2003,,2026-03-02 01:00,RC-92,Salt';
const NEXT = 'PK2004,RECV-03,2026-03-02 02:00,RC-93,Sugar';

async function snapshot(name: string, asOf: string, ...rows: string[]): Promise<string> {
  await page.getByRole('banner').getByRole('link', { name: 'New analysis' }).click();
  await page.getByRole('heading', { level: 1, name: 'New analysis' }).waitFor();
  await page.getByRole('main').getByText('Kim hall').waitFor();
  await page.getByRole('button', { name: 'Snapshot time and layout file' }).click();
  await page.getByLabel('Moment of the snapshot').fill(asOf);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([csv(name, [HEADER, ...stored, ...rows])]);
  await page.getByRole('link', { name: 'Open the report' }).first().click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  return new URL(page.url()).pathname;
}

const panel = () => page.getByLabel('Anomaly', { exact: true });
const open = (what: RegExp) => page.getByRole('button', { name: what }).first().click();

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  complained = complaints(page);
  await registerAs(page, me);
  await visit(page, '/warehouses');
  await page.getByRole('button', { name: 'New warehouse' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Kim hall');
  await page.getByRole('dialog').getByRole('button', { name: 'New warehouse' }).click();
  await page.getByRole('button', { name: 'Add a row' }).click();
  await page.getByLabel('Location pattern, row 1').fill('{001..020}{A..B}');
  await page.getByRole('button', { name: 'Add a row' }).click();
  await page.getByLabel('Location pattern, row 2').fill('RECV-{01..04}');
  await page.getByRole('combobox', { name: 'Type, row 2' }).click();
  await page.getByRole('option', { name: 'Receiving' }).click();
  await page.getByRole('button', { name: 'Save layout' }).click();
  await page.getByText('Saved.').waitFor();
});

afterAll(async () => {
  await browser.close();
});

it('gives an anomaly to somebody, with a day', async () => {
  monday = await snapshot('monday.csv', '2026-03-02T08:00', STUCK, TOO, LOST);
  await visit(page, `${monday}?view=anomalies`);
  await open(/PK2001/);
  await panel().getByText('New in this snapshot').waitFor();
  await panel().getByRole('combobox', { name: 'Assigned to' }).click();
  await page.getByRole('option', { name: `Me (${me})` }).click();
  await panel().getByText(`Assigned to ${me}`).waitFor();
  await panel().getByLabel('Due', { exact: true }).fill('2026-03-05');
  await panel().getByLabel('Due', { exact: true }).press('Enter');
  await panel().getByText('Due 5 Mar 2026').first().waitFor();
  await panel().getByLabel('Comment').fill('Asked the night shift.');
  await panel().getByRole('button', { name: 'Add comment' }).click();
  await panel().getByText('Asked the night shift.').last().waitFor();
  await visit(page, '/anomalies');
  await page.getByRole('button', { name: 'Overdue' }).click();
  await page.getByText('1 anomaly', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'My work' }).click();
  await page.getByText('1 anomaly', { exact: true }).waitFor();
});

it('keeps a view under a name', async () => {
  await visit(page, '/anomalies?status=open&rule=stagnant-pallet');
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Stuck on the dock');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByText('3 anomalies', { exact: true }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Stuck on the dock', exact: true }).click();
  await page.getByText('2 anomalies', { exact: true }).waitFor();
});

it('resolves with a reason, and tells what it costs', async () => {
  await visit(page, `${monday}?view=anomalies`);
  await open(/PK2003/);
  await panel().getByText('How it is worked out').click();
  await panel().getByText('price of a minute').first().waitFor();
  await panel().getByRole('button', { name: 'Resolved' }).click();
  await page.getByRole('menuitem', { name: 'The data was wrong, not the stock' }).click();
  await panel().getByText('New → Resolved').waitFor();
  await panel().getByText('Reason: The data was wrong, not the stock').waitFor();
  await visit(page, `${monday}?view=anomalies&status=open`);
  await page.getByText('2 anomalies of 3', { exact: true }).waitFor();
});

it('stops reporting something for a while', async () => {
  await visit(page, `${monday}?view=anomalies`);
  await open(/PK2002/);
  await panel().getByRole('button', { name: 'Do not report this again…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop reporting this for a while' });
  await dialog.getByRole('button', { name: 'Stop reporting' }).click();
  await dialog.getByText('Fill this in.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByLabel('Reason').fill('Kept there for the audit.');
  await dialog.getByRole('button', { name: 'Stop reporting' }).click();
  await panel().getByText('Not reported again until').waitFor();
});

it('shows in the next snapshot what is new, what persists and what is gone', async () => {
  tuesday = await snapshot('tuesday.csv', '2026-03-03T08:00', STUCK, TOO, NEXT);
  await page.getByText('Since the snapshot before').waitFor();
  await page.getByRole('link', { name: 'Compare them' }).click();
  await page.getByText('In this report, not in the other.').waitFor();
  await page.getByRole('table').getByText('PK2004').first().waitFor();
  await page.getByText(/^Gone \(/).click();
  await page.getByRole('table').getByText('PK2003').first().waitFor();
  await page.getByText(/^Persisting \(/).click();
  await page.getByRole('table').getByText('PK2001').first().waitFor();
  expect(new URL(page.url()).searchParams.get('part')).toBe('persisting');
  await open(/PK2001/);
  await panel()
    .getByText(/In every snapshot since 2 Mar 2026/)
    .waitFor();
  await panel().getByText('Asked the night shift.').waitFor();
  await page.keyboard.press('Escape');
  expect(await barriers(page)).toEqual([]);
});

it('leads from the older report to where an anomaly is worked now', async () => {
  await visit(page, `${monday}?view=anomalies`);
  await page.getByText(/^A newer snapshot of this warehouse has been analyzed/).waitFor();
  await open(/PK2001/);
  await panel()
    .getByText(/Change its status there/)
    .waitFor();
  expect(await panel().getByRole('button', { name: 'Resolved' }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await panel().getByRole('link', { name: 'Open it there' }).click();
  await panel().getByRole('button', { name: 'Resolved' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(tuesday);
});

it('gives many to somebody at once', async () => {
  await page.getByLabel('Select all that are shown').check();
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Assignee and due date' });
  await dialog.getByRole('combobox', { name: 'Assigned to' }).click();
  await page.getByRole('option', { name: `Me (${me})` }).click();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Apply' }).click();

  await page.getByText(/^\d+ anomal(y|ies) changed$/).waitFor();
});

it('counts what was left out on purpose', async () => {
  await visit(page, `${tuesday}?view=checks`);
  const left = page.getByRole('table', { name: 'Left out on purpose' });
  await left.getByText('Kept there for the audit.').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('answers what another limit would find', async () => {
  await visit(page, `${tuesday}?view=what-if&rule=stagnant-pallet`);
  await page.getByText(/^Now, at 10 h: /).waitFor();
  await page.getByRole('slider', { name: 'Limit' }).focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft');
  await page.getByText(/^At 7 h: /).waitFor();
  await page.getByText('As a table').click();
  await page.getByRole('table', { name: 'Anomalies by limit' }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

it('says so when the rules to try cannot be read', async () => {
  // The page would try again by itself as soon as the service is said to be healthy.
  const [rules, health] = [/\/api\/v1\/rules/, /\/api\/v1\/health/];
  for (const path of [rules, health]) {
    await page.route(path, (route) => route.abort('connectionrefused'));
  }
  await visit(page, `${tuesday}?view=what-if`);
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.unroute(rules);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('slider', { name: 'Limit' }).waitFor();
  await page.unroute(health);
});

it('draws the warehouse, and the keyboard walks through it', async () => {
  await visit(page, `${tuesday}?view=locations&color=fill`);
  const racks = page.getByRole('listbox', { name: 'Storage' });
  await racks.focus();
  await page.keyboard.press('ArrowRight');
  expect(await racks.getByRole('option').innerText()).toContain('002A: no anomalies · 1 pallet');
  expect(await barriers(page)).toEqual([]);
  await page
    .getByRole('radiogroup', { name: 'What the colours mean' })
    .getByText('Anomalies')
    .click();
  await page.getByRole('button', { name: /RECV-01/ }).click();
  await page.getByText('Location: RECV-01').waitFor();
  await page
    .getByText(/PK2001/)
    .first()
    .waitFor();
});

it('exports what the list shows', async () => {
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the report' });
  await dialog.getByRole('radio', { name: /CSV table/ }).check();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await dialog.getByText('It holds 1 anomaly.').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: /^Download/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
});

it('never broke a policy of the server, nor threw', () => {
  expect(complained).toEqual([]);
});
