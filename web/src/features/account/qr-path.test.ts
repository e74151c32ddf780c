import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { qrPath } from './qr-path';

/** The squares that a path covers, as `x,y`. */
function covered(path: string): Set<string> {
  const squares = new Set<string>();
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let step = 0; step < Number(width); step += 1) squares.add(`${Number(x) + step},${y}`);
  }
  return squares;
}

it('covers exactly the dark squares', () => {
  const { data } = encode('otpauth://totp/Stockwarden:ana?secret=GEZDGNBVGY3TQOJQ');
  const dark = data.flatMap((row, y) => row.flatMap((is, x) => (is ? [`${x},${y}`] : [])));
  expect(dark.length).toBeGreaterThan(100);
  expect([...covered(qrPath(data))].sort()).toEqual(dark.sort());
});

it('draws neighbours as one', () => {
  expect(qrPath([[true, true, false, true]])).toBe('M0 0h2v1h-2zM3 0h1v1h-1z');
  expect(qrPath([[false]])).toBe('');
});
