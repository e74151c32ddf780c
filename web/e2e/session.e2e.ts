import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser';
import { expectPath, newName, registerAs, signInAs, visit } from './journey';

let browser: BrowserContext;
let page: Page;
const name = newName('sam');

beforeAll(async () => {
  browser = await openBrowser();
  page = browser.pages()[0] ?? (await browser.newPage());
  await registerAs(page, name);
});

afterAll(async () => {
  await browser.close();
});

it('keeps no token where a script of tomorrow could read it', async () => {
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(stored).not.toMatch(/eyJ|token/);
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

it('survives an answer that was lost on the way', async () => {
  const statuses: number[] = [];
  await page.route(/api\/v1\/health/, (route) => route.abort('connectionrefused'));
  await page.route(
    /auth\/refresh/,
    async (route) => {
      // Carried out by the server, while neither the page nor its cookies learn of it.
      const { host } = new URL(page.url());
      const url = route
        .request()
        .url()
        .replace(host, host.replace(/^[^:]+/, '127.0.0.1'));
      const answer = await route.fetch({ url, headers: { ...route.request().headers(), host } });
      statuses.push(answer.status());
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await page.reload();
  await page.getByText('The service cannot be reached').waitFor();
  expect(statuses).toEqual([200]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { level: 1, name: 'What needs attention' }).waitFor();
  await page.unroute(/api\/v1\/health/);
});

it('survives being reloaded in several tabs at once, again and again', async () => {
  const tabs = [page, await browser.newPage(), await browser.newPage()];
  await Promise.all(tabs.map((tab) => visit(tab, '/reports')));
  // A page has loaded before its renewal is answered, so these break off many a renewal.
  for (let round = 0; round < 8; round += 1) {
    await Promise.all(tabs.map((tab) => tab.reload()));
  }
  await Promise.all(
    tabs.map((tab) => tab.getByRole('heading', { level: 1, name: 'Reports' }).waitFor()),
  );
  await tabs[1]?.close();
  await tabs[2]?.close();
});

it('survives being reloaded in the middle of its own renewal', async () => {
  const renewal = page.waitForRequest(/auth\/refresh/);
  await page.reload({ waitUntil: 'commit' });
  await renewal;
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
});

it('is renewed silently when the service no longer takes the token', async () => {
  let refused = 0;
  await page.route(/\/api\/v1\/anomalies/, async (route) => {
    refused += 1;
    if (refused === 1) await route.fulfill({ status: 401, json: { status: 401 } });
    else await route.continue();
  });
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Anomalies/ })
    .first()
    .click();
  await page.getByText('No anomalies').waitFor();
  expect(refused).toBe(2);
  await page.unroute(/\/api\/v1\/anomalies/);
});

it('leads back to where one was after it has ended', async () => {
  // What is still being answered could bring the cookie back.
  await page.goto('about:blank');
  await browser.clearCookies();
  await visit(page, '/w/all/reports?status=failed');
  await page.getByText('Your session has ended').waitFor();
  await signInAs(page, name);
  await expectPath(page, /^\/w\/all\/reports$/);
  expect(new URL(page.url()).search).toBe('?status=failed');
});

it('ends in every tab when one signs out', async () => {
  const other = await browser.newPage();
  await visit(other, '/anomalies');
  await other.getByRole('heading', { level: 1, name: 'Anomalies' }).waitFor();
  await page.bringToFront();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expectPath(page, /^\/sign-in$/);
  await expectPath(other, /^\/sign-in$/);
  await other.close();
});

it('tells wrong credentials without telling which', async () => {
  await visit(page, '/sign-in');
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('The user name or the password is wrong.').waitFor();
});

it('does not lead to other sites', async () => {
  await visit(page, '/sign-in?next=//example.com/');
  await signInAs(page, name);
  expect(new URL(page.url()).host).toBe(await page.evaluate(() => location.host));
  await page.getByRole('heading', { level: 1, name: 'What needs attention' }).waitFor();
});

it('says so when the service is down, and goes on by itself when it is back', async () => {
  await page.route(/\/api\/v1\/reports/, (route) => route.abort('connectionrefused'));
  // Loaded anew: what the dashboard has just read would be shown from memory.
  await visit(page, '/reports');
  await page.getByText('The service cannot be reached').waitFor();
  await page.unroute(/\/api\/v1\/reports/);
  await page.getByText('No reports yet').waitFor();
});

it('stays in order on a slow network', async () => {
  await visit(page, '/reports');
  await page.route(/\/api\/v1\/anomalies/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Anomalies/ })
    .first()
    .click();
  await page.getByRole('status', { name: 'Loading…' }).waitFor();
  await page.getByText('No anomalies').waitFor();
  await page.unroute(/\/api\/v1\/anomalies/);
});
