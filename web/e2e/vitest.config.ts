import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { PATIENCE } from './patience.ts';

/** Journeys in a real browser against a running stack; one after the other, they share it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['**/*.e2e.ts'],
    testTimeout: 4 * PATIENCE,
    hookTimeout: 4 * PATIENCE,
    expect: { poll: { timeout: PATIENCE } },
    fileParallelism: false,
    retry: 0,
    setupFiles: ['evidence.ts'],
  },
});
