// Fails the build when the first load takes more script than people on a warehouse's wifi should
// wait for: the entry and everything that it imports statically, compressed.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 200 * 1024;
const dist = new URL('../dist/', import.meta.url);
const assets = new URL('assets/', dist);

const seen = new Set();
function collect(name) {
  if (seen.has(name)) return;
  seen.add(name);
  const text = readFileSync(new URL(name, assets), 'utf8');
  const statics =
    /(?:^|[;}\n])\s*(?:import|export)\s*(?:[^"'()]*?from\s*)?["']\.\/([^"']+\.js)["']/g;
  for (const [, dependency] of text.matchAll(statics)) collect(dependency);
}

const html = readFileSync(new URL('index.html', dist), 'utf8');
for (const [, name] of html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)) collect(name);

let total = gzipSync(readFileSync(new URL('color-scheme.js', dist))).length;
for (const name of seen)
  total += gzipSync(readFileSync(new URL(name, assets)), { level: 9 }).length;

// One language is loaded beside the entry before anything is shown.
const languages = readdirSync(assets).filter((name) => /^(en|es)-.*\.js$/.test(name));
total += Math.max(
  0,
  ...languages.map((name) => gzipSync(readFileSync(new URL(name, assets))).length),
);

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
console.log(`First load: ${kilobytes(total)} of script, of ${kilobytes(LIMIT)} allowed.`);
if (seen.size === 0 || languages.length === 0) {
  console.error('The build does not look as this check expects.');
  process.exit(1);
}
if (total > LIMIT) {
  console.error('Too much script in the first load: split a route, or leave a library out.');
  process.exit(1);
}
