import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { DESKTOP, openBrowser, PHONE } from './browser';
import { ambiguousInventory, clearInventory } from './inventories';
import { signInAs, switchTo, upload, visit } from './journey';
import { readStack } from './stack';
import { shootStock } from './stock-screens';

const FOLDER = fileURLToPath(new URL('../screenshots/', import.meta.url));
const LOOKS = {
  light: { viewport: DESKTOP, colorScheme: 'light', locale: 'en-GB' },
  dark: { viewport: DESKTOP, colorScheme: 'dark', locale: 'en-GB' },
  phone: { viewport: PHONE, colorScheme: 'light', locale: 'en-GB', hasTouch: true, isMobile: true },
} as const;

mkdirSync(FOLDER, { recursive: true });

/** Every screen with the sample inventory in it, to be looked at by people. */
describe.each(Object.entries(LOOKS))('%s', (look, options) => {
  it('renders every screen', async () => {
    const { username, password } = readStack();
    const browser = await openBrowser({ ...options });
    const page = browser.pages()[0] ?? (await browser.newPage());
    const shot = async (name: string, fullPage = true) => {
      await settled(page);
      await page.screenshot({ path: `${FOLDER}${name}-${look}.png`, fullPage });
    };
    await visit(page, '/sign-in');
    await shot('sign-in');
    await visit(page, '/register');
    await shot('register');
    await visit(page, '/sign-in');
    await signInAs(page, username, password);
    if (look === 'light') {
      await upload(page, clearInventory(), ambiguousInventory(), 'all');
      await page.getByRole('link', { name: 'Name the columns' }).first().waitFor();
      await page.getByRole('link', { name: 'Open the report' }).first().waitFor();
      await shot('new-analysis-sent');
      await earlierSnapshot(page);
    }
    await visit(page, '/');
    await shot('dashboard');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('combobox', { name: 'Search for anything' }).fill('00');
    await page.getByRole('dialog').getByRole('group', { name: 'Locations' }).waitFor();
    await shot('search', false);
    await page.keyboard.press('Escape');
    await visit(page, '/new');
    await shot('new-analysis');
    await visit(page, '/w/all/reports');
    await shot('reports');
    await page.getByRole('link', { name: 'sample-inventory.xlsx' }).first().click();
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    const report = new URL(page.url()).pathname;
    await shot('report-overview');
    for (const view of ['locations', 'compare', 'what-if', 'checks']) {
      await visit(page, `${report}?view=${view}`);
      // Of a long table only what is in sight is there.
      await shot(`report-${view}`, view !== 'compare');
    }
    await visit(page, `${report}?view=anomalies`);
    await shot('report-anomalies', false);
    await visit(page, `${report}?view=locations&color=fill`);
    await shot('report-locations-fill');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Make the file' }).waitFor();
    await shot('report-export', false);
    await visit(page, `${report}?view=anomalies&group=rule`);
    await page.getByRole('checkbox').nth(1).check();
    await shot('report-anomalies-grouped', false);
    await visit(page, `${report}?view=anomalies&rule=overcapacity`);
    await page.locator('[data-open]').first().click();
    await shot('report-panel', false);
    await page.getByRole('button', { name: 'Resolved' }).last().click();
    await shot('report-resolve', false);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Do not report/ }).click();
    await page.getByRole('button', { name: 'Stop reporting' }).waitFor();
    await shot('report-suppress', false);
    await visit(page, '/w/all/reports?status=needs_mapping');
    await page.getByRole('main').getByRole('link', { name: 'ambiguous' }).first().click();
    await page.getByRole('link', { name: 'Name the columns' }).click();
    await page.getByRole('button', { name: 'Analyze' }).waitFor();
    await shot('mapping');
    await visit(page, '/w/all/anomalies');
    await shot('anomalies', false);
    await visit(page, '/w/all/anomalies?view=board');
    await shot('anomalies-board', false);
    await visit(page, '/warehouses');
    await shot('warehouses');
    await page.getByRole('main').getByRole('link', { name: 'Demo warehouse' }).click();
    await page.getByRole('button', { name: 'Add a row' }).waitFor();
    await shot('warehouse');
    const warehouse = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
    for (const screen of [
      'utilization',
      'trends',
      'rules',
      'rules/stagnant-pallet',
      'costs',
      'columns',
      'suppressions',
      'members',
      'pallets/NG0000006',
    ]) {
      await visit(page, `${warehouse}/${screen}`);
      await shot(`warehouse-${screen.replace('/', '-')}`);
    }
    await page.getByRole('button', { name: /^Warehouse:/ }).click();
    await shot('warehouse-switcher', false);
    await visit(page, '/w/all');
    await shot('all-warehouses');
    await shootStock(page, shot);
    await visit(page, '/items');
    await page.getByRole('button', { name: 'New item' }).waitFor();
    await shot('items');
    await visit(page, '/items?q=Basmati');
    await page.getByRole('link', { name: 'Basmati rice 5 kg' }).first().click();
    await page.getByRole('table', { name: 'Movements' }).waitFor();
    await shot('item');
    await page.getByRole('button', { name: 'Issue', exact: true }).click();
    await shot('item-issue', false);
    for (const screen of ['suppliers', 'categories', 'units', 'types']) {
      await visit(page, `/items/${screen}`);
      await shot(`items-${screen}`);
    }
    for (const screen of ['stock', 'counts']) {
      await visit(page, `${warehouse}/${screen}`);
      await shot(`warehouse-${screen}`);
    }
    await visit(page, '/scan');
    await shot('scan');
    for (const screen of ['users', 'invitations']) {
      await visit(page, `/admin/${screen}`);
      await shot(`admin-${screen}`);
    }
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await shot('admin-invite', false);
    await visit(page, '/nowhere');
    await shot('not-found');
    await browser.close();
  });
});

/** A snapshot of the day before, and the sample judged beside it. */
async function earlierSnapshot(page: Page): Promise<void> {
  await switchTo(page, 'Demo warehouse');
  await visit(page, '/new');
  await page.getByRole('button', { name: 'Snapshot time and layout file' }).click();
  await page.getByLabel('Moment of the snapshot').fill('2026-03-01T06:00');
  await page.locator('input[type=file]').first().setInputFiles(clearInventory('sunday.csv'));
  await page.getByRole('link', { name: 'Open the report' }).last().waitFor();
  await visit(page, '/w/all/reports?q=sample-inventory');
  await page.getByRole('link', { name: 'sample-inventory.xlsx' }).first().click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Analyze again' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Analyze again' }).click();
  await page.getByText('Analysis under way').waitFor({ state: 'detached' });
  await page.getByText('Since the snapshot before').waitFor();
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page
    .locator('[role=status][aria-label]')
    .waitFor({ state: 'detached', timeout: 20_000 })
    .catch(() => undefined);
  await page.waitForTimeout(250);
}
