import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Journeys in a real browser against a running stack; one after the other, they share it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['**/*.e2e.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // As patient as a waiting locator: what is polled comes from the stack.
    expect: { poll: { timeout: 30_000 } },
    fileParallelism: false,
    retry: 0,
    // What comes after a broken step fails for no reason of its own, and slowly.
    bail: 1,
    setupFiles: ['evidence.ts'],
  },
});
