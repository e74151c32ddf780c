import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { DESKTOP, openBrowser, PHONE } from './browser';
import { ambiguousInventory, clearInventory, dockInventory } from './inventories';
import { newName, registerAs, signInAs, upload, visit } from './journey';
import { sample } from './thorough';

const LOOKS = {
  light: { viewport: DESKTOP, colorScheme: 'light' },
  dark: { viewport: DESKTOP, colorScheme: 'dark' },
  phone: { viewport: PHONE, colorScheme: 'light', hasTouch: true, isMobile: true },
} as const;

const name = newName('eve');

/**
 * Every screen in the first look, and some in the others: nothing that axe finds, nothing wider than
 * the screen. `make test-all` looks at every screen in every look.
 */
describe.each(Object.entries(LOOKS))('in the %s look', (look, options) => {
  it('has no barriers', async () => {
    const browser = await openBrowser(options);
    const page = browser.pages()[0] ?? (await browser.newPage());
    const looked = look === 'light' ? (screens: string[]) => screens : sample<string>;
    const problemsByScreen: Record<string, string[]> = {};
    const check = async (screen: string) => {
      await settled(page);
      const problems = await barriers(page);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wide > 0) problems.push(`${wide} pixels wider than the screen`);
      if (problems.length > 0) problemsByScreen[screen] = problems;
    };

    await visit(page, '/sign-in');
    await check('sign in');
    await visit(page, '/register');
    await check('register');
    if (look === 'light') {
      await registerAs(page, name);
      await check('welcome');
      await upload(page, clearInventory(), ambiguousInventory());
      await page.getByRole('link', { name: 'Name the columns' }).waitFor();
      await page.getByRole('link', { name: 'Open the report' }).waitFor();
    } else {
      await visit(page, '/sign-in');
      await signInAs(page, name);
    }
    for (const path of looked([
      '/',
      '/w/all/new',
      '/w/all/reports',
      '/w/all/anomalies',
      '/w/all/anomalies?view=board',
      '/w/all/columns',
      '/w/all/rules',
      '/w/all/rules/cold-chain',
      '/nowhere',
    ])) {
      await visit(page, path);
      await check(path);
    }
    await visit(page, '/warehouses');
    if (look === 'light') {
      await page.getByRole('button', { name: 'New warehouse' }).click();
      await page.getByLabel('Name', { exact: true }).fill('South hall');
      await check('new warehouse');
      await page.getByRole('dialog').getByRole('button', { name: 'New warehouse' }).click();
      await page.getByRole('heading', { level: 1, name: 'South hall' }).waitFor();
      await check('warehouse, empty');
      const id = new URL(page.url()).pathname.split('/').at(2) ?? '';
      await visit(page, `/w/${id}/trends`);
      await check('trends, empty');
      await upload(page, dockInventory(), id);
      await page.getByRole('link', { name: 'Open the report' }).last().waitFor();
      await visit(page, `/w/${id}/layout`);
    } else {
      await check('/warehouses');
      await page.getByRole('main').getByRole('link', { name: 'South hall' }).click();
    }
    await page.getByRole('button', { name: 'Add a row' }).click();
    await check('warehouse');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    const id = new URL(page.url()).pathname.split('/').at(2) ?? '';
    for (const screen of looked([
      '',
      '/anomalies',
      '/reports',
      '/new',
      '/utilization',
      '/trends',
      '/rules',
      '/rules/cold-chain',
      '/costs',
      '/columns',
      '/suppressions',
      '/members',
      '/pallets/PD2001',
      '/pallets/NONE-SUCH',
    ])) {
      await visit(page, `/w/${id}${screen}`);
      await check(`warehouse${screen}`);
    }
    await page.getByRole('button', { name: /^Warehouse:/ }).click();
    await page.getByRole('menuitem', { name: 'All warehouses' }).waitFor();
    // It fades in, and pale letters are no barrier while they do.
    await page.waitForTimeout(300);
    await check('warehouse switcher');
    await visit(page, `/w/${id}/trends`);
    const tables = page.getByRole('button', { name: /^As a table/ });
    await tables.first().waitFor();
    while ((await tables.count()) > 0) await tables.first().click();
    await check('trends, as tables');
    await visit(page, '/w/all/reports');
    await page.getByRole('link', { name: 'dock', exact: true }).click();
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    const report = new URL(page.url()).pathname;
    for (const view of looked([
      ...['overview', 'anomalies', 'locations', 'compare', 'what-if', 'checks'],
    ])) {
      await visit(page, `${report}?view=${view}`);
      await check(`report, ${view}`);
    }
    await visit(page, `${report}?view=anomalies&group=rule`);
    await page.getByRole('checkbox').last().check();
    await page.locator('[data-open]').first().click();
    await check('report, panel and bulk bar');
    await visit(page, '/w/all/reports?status=needs_mapping');
    await page.getByRole('main').getByRole('link', { name: 'ambiguous' }).click();
    await page.getByRole('link', { name: 'Name the columns' }).click();
    await page.getByRole('button', { name: 'Analyze' }).waitFor();
    await check('mapping');
    await browser.close();
    expect(problemsByScreen).toEqual({});
  });
});

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.getByRole('status', { name: 'Loading…' }).waitFor({ state: 'detached' });
}
