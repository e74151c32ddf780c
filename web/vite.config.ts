import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where the running stack is: `.local/stack.json`, or the file that STACK_FILE names. */
function appUrl(): string {
  const file =
    process.env.STACK_FILE ?? fileURLToPath(new URL('../.local/stack.json', import.meta.url));
  if (!existsSync(file)) return 'http://localhost:4566';
  return (JSON.parse(readFileSync(file, 'utf8')) as { app_url: string }).app_url;
}

/** Node resolves no names below .localhost, browsers do; so the name goes in the Host header. */
function proxy() {
  const url = new URL(appUrl());
  const target = `${url.protocol}//127.0.0.1:${url.port || '80'}`;
  return { '/api': { target, headers: { host: url.host } } };
}

/** What the distribution sends with the page; `npm run preview` sends the same. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  // Mantine sizes things with style attributes, and a static page has no nonce to give.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  // Files go straight to the bucket, by presigned forms.
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // The Content-Security-Policy allows no data: scripts or styles, and small files may be cached too.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { host: '127.0.0.1', proxy: proxy() },
  preview: { host: '127.0.0.1', proxy: proxy(), headers: { 'Content-Security-Policy': POLICY } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
