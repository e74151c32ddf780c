import type { Page } from 'playwright-core';
import { visit } from './journey';

type Shot = (name: string, fullPage?: boolean) => Promise<void>;

const FIGURES = [
  'low-stock',
  'abc',
  'turnover',
  'slow-movers',
  'consumption',
  'suppliers',
  'orders',
] as const;

/** Orders, kits, consumption and figures, with a dialog of each that has one. */
export async function shootStock(page: Page, shot: Shot): Promise<void> {
  const open = async (table: string) => {
    await page.getByRole('table', { name: table }).getByRole('link').first().click();
    await page.getByRole('table', { name: table }).waitFor({ state: 'detached' });
  };
  await visit(page, '/orders?view=all');
  await page.getByRole('table', { name: 'Orders' }).waitFor();
  await shot('orders');
  await page.getByRole('button', { name: 'New order' }).click();
  await shot('order-new', false);
  await visit(page, '/orders?view=open&type=purchase');
  await open('Orders');
  await page.getByRole('table', { name: 'Lines' }).waitFor();
  await shot('order');
  await page.getByRole('button', { name: 'Receive' }).click();
  await page.getByRole('button', { name: 'All that is open' }).click();
  await shot('order-receive', false);
  await visit(page, '/orders?view=draft');
  await open('Orders');
  await page.getByRole('button', { name: 'Add a line' }).click();
  await shot('order-line', false);
  await visit(page, '/items/kits');
  await page.getByRole('table', { name: 'Kits' }).waitFor();
  await shot('items-kits');
  await open('Kits');
  await page.getByRole('button', { name: 'Assemble' }).waitFor();
  await shot('kit');
  await page.getByRole('button', { name: 'Assemble' }).click();
  await shot('kit-assemble', false);
  await visit(page, '/items/consumption');
  await page.getByRole('table', { name: 'Consumption' }).waitFor();
  await shot('items-consumption');
  await open('Consumption');
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await shot('item-use', false);
  await visit(page, '/analytics');
  await page.getByText(/^As of /).waitFor();
  await shot('analytics');
  for (const screen of FIGURES) {
    await visit(page, `/analytics/${screen}`);
    await shot(`analytics-${screen}`);
  }
}
