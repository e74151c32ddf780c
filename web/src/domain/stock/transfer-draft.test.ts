import { describe, expect, it } from 'vitest';
import { codesIn, firstTransfer, staysAt, transferLines, type Source } from './transfer-draft';

const source = (location: string | null, lot: string | null): Source => ({
  item_id: 'item_1',
  item_name: 'Bolt',
  unit: 'pcs',
  warehouse_id: 'wh_1',
  location,
  lot,
  quantity: 20,
});
const SOURCES = [source('A-1', 'L1'), source(null, null), source('A-2', null)];

describe('a transfer', () => {
  it('has a line for each place with a quantity', () => {
    const draft = {
      ...firstTransfer(SOURCES, 'wh_2'),
      quantities: [5, '' as const, 1],
      units: ['pcs', 'pcs', 'dozen'],
      location: ' b-1 ',
      reason: ' Near the dock ',
    };
    expect(transferLines(SOURCES, draft)).toEqual([
      {
        index: 0,
        line: {
          item_id: 'item_1',
          kind: 'transfer',
          warehouse_id: 'wh_1',
          location: 'A-1',
          lot: 'L1',
          quantity: 5,
          serials: [],
          to: { warehouse_id: 'wh_2', location: 'B-1' },
          reason: 'Near the dock',
        },
      },
      {
        index: 2,
        line: {
          item_id: 'item_1',
          kind: 'transfer',
          warehouse_id: 'wh_1',
          location: 'A-2',
          quantity: 1,
          unit: 'dozen',
          serials: [],
          to: { warehouse_id: 'wh_2', location: 'B-1' },
          reason: 'Near the dock',
        },
      },
    ]);
  });

  it.each([
    ['wh_1', 'a-1', true],
    ['wh_1', 'A-2', false],
    ['wh_1', '', false],
    ['wh_2', 'A-1', false],
  ])('to %s %s stays there: %s', (warehouse, location, stays) => {
    const draft = { ...firstTransfer(SOURCES, warehouse), location };
    expect(staysAt(source('A-1', null), draft)).toBe(stays);
  });

  it('reads serial numbers from lines', () => {
    expect(codesIn(' s1\nS2, s3;\n\n')).toEqual(['S1', 'S2', 'S3']);
  });
});
