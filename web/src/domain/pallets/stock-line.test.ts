import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
} from '@tanstack/react-router';
import { describe, expect, it } from 'vitest';
import { isStockLine } from './stock-line';

const LINES = ['SKU-0630 | L013 | P-03-03-C', 'OIL 0.5 L | - | A/01/2', '50 % | a?b#c | Ñ-1'];

describe('a stock line', () => {
  it.each(LINES)('%s is one', (id) => {
    expect(isStockLine(id)).toBe(true);
  });

  it.each(['00350012340000158', 'A|B|C', 'P1 | 2'])('%s is none', (id) => {
    expect(isStockLine(id)).toBe(false);
  });

  it.each(LINES)('%s comes through an address unharmed', async (id) => {
    const root = createRootRoute();
    const pallet = createRoute({
      getParentRoute: () => root,
      path: '/w/$warehouse/pallets/$palletId',
    });
    const routeTree = root.addChildren([pallet]);
    const history = createMemoryHistory({ initialEntries: ['/'] });
    const router = createRouter({ routeTree, history });
    const { href } = router.buildLocation({
      to: '/w/$warehouse/pallets/$palletId',
      params: { warehouse: 'a', palletId: id },
    });
    history.push(href);
    await router.load();
    expect(router.state.matches.at(-1)?.params).toEqual({ warehouse: 'a', palletId: id });
  });
});
