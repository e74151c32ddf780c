import { describe, expect, it } from 'vitest';
import { palletIn, typedCode } from './scanned-text';

describe('the number of a pallet', () => {
  it.each([
    ['(00)340123450000000000', '340123450000000000'],
    ['340123450000000000', '340123450000000000'],
    ['00340123450000000000', '340123450000000000'],
    [']C100340123450000000000', '340123450000000000'],
    ['(00)340123450000000000(02)09501101530003(37)12', undefined],
    ['09501101530003', undefined],
    ['SKU-1', undefined],
  ])('in %s is %s', (code, sscc) => {
    expect(palletIn(code)).toBe(sscc);
  });
});

it('keeps the separators of a label, and no line end', () => {
  expect(typedCode(' 0109501101530003\u001d10L7\r\n')).toBe('0109501101530003\u001d10L7');
});
