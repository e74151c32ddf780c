import { describe, expect, it } from 'vitest';
import { mayManageCatalog, mayMoveStock, mayReadCatalog } from './company-role';

describe('what a role in the company may do with items', () => {
  it.each([
    [undefined, false, false, false],
    ['member', false, false, false],
    ['viewer', true, false, false],
    ['operator', true, true, false],
    ['manager', true, true, true],
    ['admin', true, true, true],
  ] as const)('%s', (role, reads, moves, manages) => {
    expect([mayReadCatalog(role), mayMoveStock(role), mayManageCatalog(role)]).toEqual([
      reads,
      moves,
      manages,
    ]);
  });
});
