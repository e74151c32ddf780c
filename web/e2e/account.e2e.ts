import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { openBrowser } from './browser';
import { expectPath, makeWarehouse, newName, PASSWORD, registerAs, visit } from './journey';
import { codeOf, linkMailed } from './mailbox';

const name = newName('ana');
const email = `${name}@example.com`;
const SECOND = 'seven green forklifts';
const THIRD = 'nine yellow ladders';
let browser: BrowserContext;
let elsewhere: BrowserContext;
let page: Page;
let codes: string[];

beforeAll(async () => {
  [browser, elsewhere] = [await openBrowser(), await openBrowser()];
  page = browser.pages()[0] ?? (await browser.newPage());
  await visit(page, '/register');
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { level: 1, name: 'What needs attention' }).waitFor();
});

afterAll(async () => {
  await browser.close();
  await elsewhere.close();
});

async function signIn(on: Page, login: string, password: string, code?: string): Promise<void> {
  await visit(on, '/sign-in');
  await on.getByLabel('User name or e-mail').fill(login);
  await on.getByLabel('Password', { exact: true }).fill(password);
  await on.getByRole('button', { name: 'Sign in' }).click();
  if (!code) return;
  await on.getByLabel('Code of your authenticator app').fill(code);
  await on.getByRole('button', { name: 'Sign in' }).click();
}

const inside = (on: Page) =>
  on.getByRole('heading', { level: 1, name: 'What needs attention' }).waitFor();

async function openAccount(entry: string): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: entry }).click();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  await page.getByRole('tab', { name: entry, selected: true }).waitFor();
}

it('verifies its address by the link of a mail', async () => {
  await openAccount('Profile');
  await page.getByText('not verified').waitFor();
  expect(await barriers(page)).toEqual([]);
  await visit(page, await linkMailed(email, 'Confirm your e-mail address'));
  await page.getByText(`${email} is verified`).waitFor();
  await page.getByRole('link', { name: 'Go on to Stockwarden' }).click();
  await inside(page);
  await openAccount('Profile');
  await page.getByText('verified', { exact: true }).waitFor();
  await page.getByLabel('Name (optional)').fill('Ana López');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
});

it('changes its password, and says what is wrong', async () => {
  await openAccount('Security');
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill(SECOND);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not your password.').waitFor();
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByLabel('New password').fill('password123');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('among the first that are tried').waitFor();
  await page.getByLabel('New password').fill(SECOND);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Your password is changed').waitFor();
});

it('sets up a second factor by its picture or its key', async () => {
  await page.getByRole('button', { name: 'Set up an app' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(SECOND);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  const secret = await dialog.getByText(/^[A-Z2-7]{32}$/).innerText();
  const code = dialog.getByLabel('Code that the app shows');
  await code.fill('000000');
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  await dialog.getByText('This is not the code of the moment').waitFor();
  await code.fill(codeOf(secret));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  const list = dialog.getByText(/^[a-z0-9]{4}-[a-z0-9]{4}-/);
  codes = (await list.innerText()).split('\n');
  expect(codes).toHaveLength(10);
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('On. Signing in takes your password and a code').waitFor();
});

it('asks for a code when signing in, by name or address', async () => {
  const other = elsewhere.pages()[0] ?? (await elsewhere.newPage());
  await signIn(other, email, SECOND, '000000');
  await other.getByText('This code is wrong or was used').waitFor();
  expect(await barriers(other)).toEqual([]);
  await other.getByLabel('Code of your authenticator app').fill(codes[0] ?? '');
  await other.getByRole('button', { name: 'Sign in' }).click();
  await inside(other);
});

it('shows its sessions, and ends all others', async () => {
  const other = elsewhere.pages()[0] ?? (await elsewhere.newPage());
  await visit(page, '/account?view=security');
  const sessions = page.getByRole('listitem').filter({ hasText: 'Chrome on' });
  await sessions.filter({ hasText: 'this session' }).getByText('Chrome on Linux').waitFor();
  await page.getByRole('button', { name: 'End the session of Chrome on Linux' }).waitFor();
  await page.getByRole('button', { name: 'End all others' }).click();
  await page.getByText('All other sessions have ended.').waitFor();
  await expect.poll(() => sessions.count()).toBe(1);
  await visit(other, '/reports');
  await expectPath(other, /^\/sign-in$/);
  await page.reload();
  await page.getByText('this session').waitFor();
});

it('makes an API token that is shown once, and revokes it', async () => {
  await openAccount('API tokens');
  await page.getByText('No tokens yet.').waitFor();
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What it is for').fill('Nightly export');
  await dialog.getByRole('button', { name: 'New token' }).click();
  await dialog.getByText('Fill this in.').waitFor();
  await dialog.getByLabel('Reports: read').check();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'New token' }).click();
  const token = await dialog.getByText(/^swt_/).innerText();
  const send = () =>
    page.evaluate(
      async (bearer) =>
        (await fetch('/api/v1/reports', { headers: { Authorization: `Bearer ${bearer}` } })).status,
      token,
    );
  expect(await send()).toBe(200);
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByText('reports:read').waitFor();
  expect(await page.getByText(token).count()).toBe(0);
  await page.getByRole('button', { name: 'Revoke Nightly export' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('No tokens yet.').waitFor();
});

it('gets back in when the password is forgotten', async () => {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
  await page.getByLabel('User name or e-mail').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('status').getByText('a link is on its way').waitFor();
  expect(await barriers(page)).toEqual([]);
  const link = await linkMailed(email, 'Choose a new Stockwarden password');
  await visit(page, link);
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByText('Use at least 10 characters.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(THIRD);
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByText('Your password is changed. Sign in with it.').waitFor();
  await signIn(page, name, THIRD, codes[1]);
  await inside(page);
  await visit(page, link);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByText('This link is no longer valid').waitFor();
});

it('turns the second factor off with the password', async () => {
  await visit(page, '/account?view=security');
  await page.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('dialog').getByLabel('Your password').fill(THIRD);
  await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();
  await page.getByText('Off. Whoever knows your password').waitFor();
  await signIn(page, name, THIRD);
  await inside(page);
});

it('deletes the account, after it is said what stands in the way', async () => {
  const [hall, other] = [newName('North'), newName('bob')];
  const warehouse = await makeWarehouse(page, hall, [['RECV-{01..04}', 'Receiving']]);
  const bob = elsewhere.pages()[0] ?? (await elsewhere.newPage());
  await elsewhere.clearCookies();
  await registerAs(bob, other);
  await visit(page, `/w/${warehouse}/members`);
  await page.getByLabel('User name').fill(other);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('row', { name: new RegExp(other) }).waitFor();
  await openAccount('Profile');
  await page.getByRole('button', { name: 'Delete account…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(THIRD);
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await dialog.getByRole('alert').getByText('Others are members').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('link', { name: hall }).click();
  await page.getByRole('button', { name: `Remove ${other}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => page.getByRole('row', { name: new RegExp(other) }).count()).toBe(0);
  await openAccount('Profile');
  await page.getByRole('button', { name: 'Delete account…' }).click();
  await dialog.getByLabel('Your password').fill('not the password');
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await dialog.getByText('This is not your password.').waitFor();
  await dialog.getByLabel('Your password').fill(THIRD);
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByText('Your account is deleted.').waitFor();
  await signIn(page, name, THIRD);
  await page.getByRole('alert').waitFor();
});
