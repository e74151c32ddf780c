import { beforeEach } from 'vitest';
import { openPages } from './browser';

let broken = false;

/**
 * Of a journey that fails, what its pages show: on a build server nobody was there to see it. The
 * steps after it are skipped: they would fail for no reason of their own, and slowly.
 */
beforeEach(({ onTestFailed, skip }) => {
  skip(broken, 'A step before it failed.');
  onTestFailed(async () => {
    broken = true;
    for (const page of openPages()) {
      const shown = await page.locator('body').innerText({ timeout: 1_000 });
      console.error(`${page.url()} shows:\n${shown.slice(0, 2_000)}`);
    }
  });
});
