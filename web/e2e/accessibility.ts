import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it stands, one line each. */
export async function barriers(page: Page): Promise<string[]> {
  // By way of the debugger: the page's own policy would refuse a script from elsewhere.
  await page.evaluate(AXE);
  await fadedAway(page);
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (tags) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values: tags },
      }),
    RULES,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}

/** Waits for what fades: it has too little contrast while it does, and is in the page until it is gone. */
async function fadedAway(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const changing = document
      .getAnimations()
      .some((animation) => animation instanceof CSSTransition);
    const faint = [...document.querySelectorAll('[role=menu], [role=listbox], [role=dialog]')].some(
      (element) => element.checkVisibility() && getComputedStyle(element).opacity !== '1',
    );
    return !changing && !faint;
  });
}
