import { expect, it } from 'vitest';
import { openBrowser } from './browser';
import { newName, registerAs, visit } from './journey';

const TOTAL = 20_000;
const PRIORITIES = ['Very High', 'High', 'Medium', 'Low'];

/** A list as long as the largest reports have, answered at once: what is slow here is the page. */
function pageOf(cursor: number, limit: number) {
  const anomalies = Array.from({ length: Math.min(limit, TOTAL - cursor) }, (_, offset) => {
    const n = cursor + offset;
    const moment = '2026-03-02T06:00:00.000Z';
    return {
      id: `rep_many-${n}`,
      report_id: 'rep_many',
      rule: 'stagnant-pallet',
      title: 'Stagnant pallet',
      priority: PRIORITIES[Math.floor((4 * n) / TOTAL)],
      status: 'New',
      subject: { type: 'pallet', id: `P${n}` },
      pallet_id: `P${n}`,
      location: `RECV-${n % 40}`,
      message: `P${n} has waited.`,
      details: {},
      affected_pallets: 1,
      evidence: [],
      evidence_total: 0,
      fingerprint: `${n}`,
      lead: null,
      companions: [],
      created_at: moment,
      updated_at: moment,
      version: 1,
    };
  });
  const next = cursor + limit;
  return { anomalies, next_cursor: next < TOTAL ? String(next) : null };
}

it('stays smooth with 20,000 anomalies', async () => {
  const browser = await openBrowser();
  const page = browser.pages()[0] ?? (await browser.newPage());
  await registerAs(page, newName('max'));
  await page.route(/\/api\/v1\/anomalies\?/, async (route) => {
    const query = new URL(route.request().url()).searchParams;
    await route.fulfill({
      json: pageOf(Number(query.get('cursor') ?? 0), Number(query.get('limit'))),
    });
  });
  await visit(page, '/anomalies?sort=subject&desc=true');
  await page.getByText('20,000 anomalies', { exact: true }).waitFor();
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  expect(await page.getByRole('row').nth(1).innerText()).toContain('P19999');

  // A second of scrolling through the middle of the list, frame by frame.
  const frames = await page.evaluate(async () => {
    const gaps: number[] = [];
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    let last = await frame();
    for (let step = 0; step < 60; step += 1) {
      window.scrollBy(0, 400);
      const now = await frame();
      gaps.push(now - last);
      last = now;
    }
    return gaps.sort((a, b) => a - b);
  });
  expect(frames[Math.floor(frames.length * 0.9)]).toBeLessThan(120);
  await browser.close();
});
