import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser } from './browser';
import { makeWarehouse, newName, PASSWORD, registerAs, signInAs, visit } from './journey';
import { linkMailed } from './mailbox';
import { pageUrl, readStack } from './stack';

const invited = newName('ines');
const address = `${invited}@example.com`;
const hall = newName('Ada hall');
const { username: admin, password } = readStack();
let first: BrowserContext;
let second: BrowserContext;
let ada: Page;
let ines: Page;
let link: string;
let wrong: string[][];

beforeAll(async () => {
  [first, second] = [
    await openBrowser({ permissions: ['clipboard-read', 'clipboard-write'] }),
    await openBrowser(),
  ];
  ada = first.pages()[0] ?? (await first.newPage());
  ines = second.pages()[0] ?? (await second.newPage());
  wrong = [complaints(ada), complaints(ines)];
  await visit(ada, '/sign-in');
  await signInAs(ada, admin, password);
  await makeWarehouse(ada, hall, [['RECV-{01..04}', 'Receiving']]);
});

afterAll(async () => {
  await first.close();
  await second.close();
});

it('is not there for those who are no administrators', async () => {
  const member = newName('max');
  await registerAs(ines, member);
  expect(await ines.getByRole('link', { name: 'Administration' }).count()).toBe(0);
  await visit(ines, '/admin/users');
  await ines.getByText('There is no such page').waitFor();
  await second.clearCookies();
});

it('invites a person, with a warehouse', async () => {
  await ada.getByRole('link', { name: 'Administration' }).click();
  await ada.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
  await ada.getByRole('link', { name: 'Invitations' }).click();
  await ada.getByRole('button', { name: 'Invite', exact: true }).click();
  const dialog = ada.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await dialog.getByText('This is no e-mail address.').waitFor();
  await dialog.getByLabel('E-mail').fill(address);
  await dialog.getByRole('button', { name: 'Add a warehouse' }).click();
  await dialog.getByRole('combobox', { name: 'Warehouse 1', exact: true }).click();
  await ada.getByRole('option', { name: hall }).click();
  await dialog.getByRole('combobox', { name: 'Role in warehouse 1' }).click();
  await ada.getByRole('option', { name: 'Operator' }).click();
  expect(await barriers(ada)).toEqual([]);
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await dialog.getByText('The link went out by e-mail.').waitFor();
  link = await linkMailed(address, 'invites you');
  await ada.keyboard.press('Escape');
  await ada.getByRole('row', { name: new RegExp(address) }).waitFor();
  expect(await barriers(ada)).toEqual([]);
});

it('gives the link to whoever invites where no mail can be sent', async () => {
  await ada.route(/\/api\/v1\/invitations$/, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const invitation = { id: 'inv_1', email: 'max@example.com', role: 'member', warehouses: [] };
    await route.fulfill({ status: 201, json: { ...invitation, link } });
  });
  await ada.getByRole('button', { name: 'Invite', exact: true }).click();
  const dialog = ada.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill('max@example.com');
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await dialog.getByRole('button', { name: 'Copy the link' }).click();
  await dialog.getByRole('button', { name: 'Copied' }).waitFor();
  const whole = new URL(link, pageUrl()).href;
  expect(await ada.evaluate(() => navigator.clipboard.readText())).toBe(whole);
  expect(await dialog.getByLabel('Link to register with').inputValue()).toBe(whole);
  expect(await barriers(ada)).toEqual([]);
  await ada.unroute(/\/api\/v1\/invitations$/);
  await ada.keyboard.press('Escape');
});

it('lets the invited person register, who sees the warehouse', async () => {
  const { pathname, search } = new URL(link, pageUrl());
  await visit(ines, `${pathname}${search}`);
  await ines.getByText('You are invited').waitFor();
  expect(await barriers(ines)).toEqual([]);
  await ines.getByLabel('User name').fill(invited);
  await ines.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await ines.getByRole('button', { name: 'Create account' }).click();
  await ines.getByRole('heading', { level: 1, name: 'What needs attention' }).waitFor();
  await visit(ines, '/warehouses');
  await ines.getByRole('link', { name: hall }).waitFor();
  await visit(ada, '/admin/invitations');
  await ada.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => ada.getByRole('row', { name: new RegExp(address) }).count()).toBe(0);
});

it('says why an invitation that was used does not hold', async () => {
  const context = await openBrowser();
  const page = context.pages()[0] ?? (await context.newPage());
  const { pathname, search } = new URL(link, pageUrl());
  await visit(page, `${pathname}${search}`);
  await page.getByLabel('User name').fill(newName('late'));
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('alert').getByText('This invitation does not hold').waitFor();
  await page.getByRole('alert').getByText('This account cannot be made').waitFor();
  await context.close();
});

it('finds an account by the beginning of its name, and changes its role', async () => {
  await visit(ada, '/admin/users');
  await ada.getByRole('searchbox', { name: 'How the name begins' }).fill(invited);
  await ada.waitForURL((url) => url.searchParams.get('q') === invited);
  await expect.poll(() => ada.getByRole('row').count()).toBe(2);
  await ada.getByRole('combobox', { name: `Role of ${invited}` }).click();
  await ada.getByRole('option', { name: 'Manager' }).click();
  await ada.getByRole('dialog').getByText('also changes the catalog').waitFor();
  await ada.getByRole('button', { name: 'Change the role' }).click();
  await ada.getByText(`${invited} is a manager now.`).waitFor();
  await expect
    .poll(() => ada.getByRole('combobox', { name: `Role of ${invited}` }).inputValue())
    .toBe('Manager');
  expect(await barriers(ada)).toEqual([]);
});

it('loads anew what somebody else has changed', async () => {
  const shown = ada.getByRole('button', { name: `Disable ${invited}` });
  const other = await first.newPage();
  await visit(other, `/admin/users?q=${invited}`);
  await other.getByRole('combobox', { name: `Role of ${invited}` }).click();
  await other.getByRole('option', { name: 'Viewer' }).click();
  await other.getByRole('button', { name: 'Change the role' }).click();
  await other.getByText(`${invited} is a viewer now.`).waitFor();
  await other.close();
  await shown.click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await ada.getByText('Someone else has changed this').waitFor();
  await expect
    .poll(() => ada.getByRole('combobox', { name: `Role of ${invited}` }).inputValue())
    .toBe('Viewer');
});

it('shuts an account out, and lets it in again', async () => {
  await ada.getByRole('button', { name: `Disable ${invited}` }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await ada.getByText(`${invited} can no longer sign in.`).waitFor();
  await second.clearCookies();
  await visit(ines, '/sign-in');
  await ines.getByLabel('User name').fill(invited);
  await ines.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await ines.getByRole('button', { name: 'Sign in' }).click();
  await ines.getByRole('alert').waitFor();
  await ada.getByRole('button', { name: `Enable ${invited}` }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Enable' }).click();
  await ada.getByText(`${invited} can sign in again.`).waitFor();
});

it('keeps the last administrator', async () => {
  await visit(ada, `/admin/users?q=${admin}`);
  await ada.getByRole('combobox', { name: `Role of ${admin}` }).click();
  await ada.getByRole('option', { name: 'Member' }).click();
  await ada.getByRole('dialog').getByText('This is your own account').waitFor();
  await ada.getByRole('button', { name: 'Change the role' }).click();
  await ada.getByText(`${admin} is the last administrator.`).waitFor();
  expect(await ada.getByRole('combobox', { name: `Role of ${admin}` }).inputValue()).toBe(
    'Administrator',
  );
});

it('deletes an account, and hands over what its owner owns', async () => {
  const [leaver, shed] = [newName('lena'), newName('Lena shed')];
  await second.clearCookies();
  await registerAs(ines, leaver);
  await makeWarehouse(ines, shed, [['RECV-{01..04}', 'Receiving']]);
  await visit(ada, `/admin/users?q=${leaver}`);
  await ada.getByRole('button', { name: `Delete ${leaver}` }).click();
  const dialog = ada.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Delete the account' }).click();
  await dialog.getByRole('alert').getByText(`${leaver} owns:`).waitFor();
  await dialog.getByRole('link', { name: shed }).waitFor();
  await dialog.getByRole('combobox', { name: 'Who gets that' }).fill(invited);
  await ada.getByRole('option', { name: invited }).click();
  expect(await barriers(ada)).toEqual([]);
  await dialog.getByRole('button', { name: 'Hand over and delete' }).click();
  await ada.getByText(`The account of ${leaver} is deleted.`).waitFor();
  await ada.getByText('No account matches').waitFor();
  await second.clearCookies();
  await visit(ines, '/sign-in');
  await ines.getByLabel('User name').fill(leaver);
  await ines.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await ines.getByRole('button', { name: 'Sign in' }).click();
  await ines.getByRole('alert').waitFor();
});

it('withdraws an invitation', async () => {
  const other = `${newName('otto')}@example.com`;
  await visit(ada, '/admin/invitations');
  await ada.getByRole('button', { name: 'Invite', exact: true }).click();
  await ada.getByRole('dialog').getByLabel('E-mail').fill(other);
  await ada.getByRole('button', { name: 'Send the invitation' }).click();
  await ada.getByText('The link went out by e-mail.').waitFor();
  await ada.keyboard.press('Escape');
  await ada.getByRole('button', { name: `Withdraw the invitation of ${other}` }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await ada.getByText('Withdrawn.').waitFor();
  await expect.poll(() => ada.getByRole('row', { name: new RegExp(other) }).count()).toBe(0);
  expect(wrong.flat()).toEqual([]);
});

it('shows what is wrong, then how much there is', async () => {
  await ada.getByRole('link', { name: 'Administration' }).click();
  await ada.getByRole('heading', { level: 2, name: 'What is wrong' }).waitFor();
  await ada.getByRole('heading', { level: 2, name: 'Figures' }).waitFor();
  await ada.getByText('Administrators', { exact: true }).waitFor();
  await ada
    .getByText(/^As of /)
    .first()
    .waitFor();
  expect(await barriers(ada)).toEqual([]);
});

it('finds entries by action, which stands in the address, and exports them', async () => {
  await visit(ada, '/admin/audit');
  await ada.getByRole('combobox', { name: 'Action' }).fill('invited');
  await ada.getByRole('option', { name: 'invited somebody' }).click();
  await ada.waitForURL((url) => url.searchParams.get('action') === 'invitation.made');
  await ada.getByText('invited somebody').first().waitFor();
  // The words of an action are also those of its choice.
  const withdrawn = ada.getByRole('listitem').filter({ hasText: 'withdrew an invitation' });
  await expect.poll(() => withdrawn.count()).toBe(0);
  await ada.getByLabel('User name').fill('nobody.here');
  await ada.getByText('There is no user').first().waitFor();
  await ada.getByLabel('User name').fill(admin);
  await ada.getByText('invited somebody').first().waitFor();
  expect(await barriers(ada)).toEqual([]);
  await ada.getByRole('button', { name: 'Export' }).click();
  const dialog = ada.getByRole('dialog');
  await dialog.getByLabel('JSON lines').check();
  expect(await barriers(ada)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  const download = ada.waitForEvent('download');
  await dialog.getByRole('link', { name: /Download/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^audit log .*\.jsonl$/);
  await ada.keyboard.press('Escape');
});

it('verifies a chain at once, and says when and by whom', async () => {
  await ada.getByRole('link', { name: 'Verification' }).click();
  await ada.getByRole('button', { name: 'Verify now: Company' }).click();
  await ada.getByText(`by ${admin}`).first().waitFor();
  await ada
    .getByText(/^Intact, /)
    .first()
    .waitFor();
  expect(await barriers(ada)).toEqual([]);
});

it('lists who changed what, of the company and of a warehouse', async () => {
  await visit(ada, '/admin/audit');
  await ada.getByText('invited somebody').first().waitFor();
  expect(await barriers(ada)).toEqual([]);
  await ada.getByRole('link', { name: 'Security events' }).click();
  await ada.getByText('signed in').first().waitFor();
  await visit(ada, '/warehouses');
  await ada.getByRole('link', { name: hall }).click();
  await ada.getByRole('link', { name: 'History' }).click();
  await ada.getByText('created the warehouse').waitFor();
  await ada.getByText(`name: nothing → ${hall}`).waitFor();
  expect(await barriers(ada)).toEqual([]);
});
