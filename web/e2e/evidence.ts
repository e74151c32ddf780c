import { beforeEach } from 'vitest';
import { openPages } from './browser';

/** Of a journey that fails, what its pages show: on a build server nobody was there to see it. */
beforeEach(({ onTestFailed }) => {
  onTestFailed(async () => {
    for (const page of openPages()) {
      const shown = await page.locator('body').innerText({ timeout: 1_000 });
      console.error(`${page.url()} shows:\n${shown.slice(0, 2_000)}`);
    }
  });
});
