import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriers } from './accessibility';
import { complaints, openBrowser, PHONE } from './browser';
import { csv, makeWarehouse, newName, registerAs, upload, visit } from './journey';

const owner = newName('carla');
const guest = newName('vito');
let first: BrowserContext;
let second: BrowserContext;
let carla: Page;
let vito: Page;
let errors: string[];
let report: string;

/** Toys of a film among goods of a shop, and frozen goods of which one pallet is misplaced. */
function inventory() {
  const toys = ['lamp', 'clock', 'scooter', 'kite', 'stool'].map(
    (toy, index) => `PT${index},00${index + 1}A,Ambient,2026-03-01 08:00,RC-1,Frozen ${toy}`,
  );
  const displays = Array.from(
    { length: 6 },
    (_, index) => `PD${index},01${index}A,Ambient,2026-03-01 08:00,RC-2,Chilled display`,
  );
  const milk = Array.from(
    { length: 9 },
    (_, index) => `PM${index},02${index}A,Chilled,2026-03-01 08:00,RC-3,Chilled milk`,
  );
  return csv('toys.csv', [
    'Pallet ID,Location,Temperature Zone,Received At,Receipt Number,Description',
    ...toys,
    ...displays,
    ...milk,
    'PF1,031A,Frozen,2026-03-01 08:00,RC-4,Frozen peas',
    'PF2,032A,Ambient,2026-03-01 08:00,RC-4,Frozen peas',
  ]);
}

beforeAll(async () => {
  [first, second] = [await openBrowser(), await openBrowser({ viewport: PHONE })];
  carla = first.pages()[0] ?? (await first.newPage());
  vito = second.pages()[0] ?? (await second.newPage());
  errors = complaints(carla);
  await registerAs(vito, guest);
  await registerAs(carla, owner);
  const warehouse = await makeWarehouse(carla, 'Toys and peas', [['{001..040}A', 'Storage']]);
  await visit(carla, `/w/${warehouse}/members`);
  await carla.getByLabel('User name').fill(guest);
  await carla.getByRole('button', { name: 'Share', exact: true }).click();
  await carla.getByText(`${guest} can see this warehouse now.`).waitFor();
  await upload(carla, inventory(), warehouse);
  await carla.getByRole('link', { name: 'Open the report' }).click();
  await carla.getByRole('tab', { name: 'Checks' }).waitFor();
  report = new URL(carla.url()).pathname;
});

afterAll(async () => {
  await first.close();
  await second.close();
});

it('says on the overview that there is something to answer', async () => {
  await carla.getByRole('link', { name: '2 questions about goods in doubt' }).click();
  const questions = carla.getByRole('region', { name: 'Goods in doubt' });
  await questions
    .getByText('CHILLED DISPLAY: 6 pallets in AMBIENT. Must they stay cold?')
    .waitFor();
  await questions.getByText('Goods named FROZEN: 5 descriptions, 5 pallets in AMBIENT.').waitFor();
  await questions.getByText('For example: FROZEN CLOCK, FROZEN KITE and FROZEN LAMP').waitFor();
  expect(await barriers(carla)).toEqual([]);
});

it('shows a viewer the questions, and who answers them', async () => {
  await visit(vito, `${report}?view=checks`);
  const questions = vito.getByRole('region', { name: 'Goods in doubt' });
  await questions
    .getByText(`The managers of the warehouse and ${owner}, its owner, can answer.`)
    .waitFor();
  expect(await questions.getByRole('button').count()).toBe(0);
  expect(await barriers(vito)).toEqual([]);
});

it('takes an answer to each', async () => {
  const questions = carla.getByRole('region', { name: 'Goods in doubt' });
  await questions.getByRole('button', { name: 'They need no cold: FROZEN' }).click();
  await questions.getByText('Answered: they need no cold.').waitFor();
  await questions.getByRole('button', { name: 'They must stay cold: CHILLED DISPLAY' }).click();
  await questions.getByText('Answered: they must stay cold.').waitFor();
  expect(await questions.getByRole('button', { name: /^They/ }).count()).toBe(0);
  expect(await barriers(carla)).toEqual([]);
});

it('knows them in the next analysis', async () => {
  await carla.getByRole('button', { name: 'Analyze again' }).click();
  await carla.getByRole('region', { name: 'Goods in doubt' }).waitFor({ state: 'detached' });
  const row = carla.getByRole('row', { name: /^Cold chain broken/ });
  await row.getByRole('link', { name: '7', exact: true }).click();
  await carla
    .getByText(/PD0 .*chilled goods, has been in/)
    .first()
    .waitFor();
  expect(await carla.getByText('PF2').count()).toBeGreaterThan(0);
  expect(await carla.getByText('PT0').count()).toBe(0);
});

it('keeps them where they can be taken back', async () => {
  await visit(carla, '/rules/cold-chain');
  const answers = carla.getByLabel('Goods in doubt that need no cold');
  expect(await answers.inputValue()).toBe('*FROZEN*');
  await answers.fill('');
  await carla.getByRole('button', { name: 'Save', exact: true }).click();
  await carla.getByText('It holds from the next analysis on').waitFor();
  expect(errors).toEqual([]);
});
