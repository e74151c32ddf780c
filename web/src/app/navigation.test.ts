import { describe, expect, it } from 'vitest';
import type { Role } from '@/api/users';
import { ALL } from '@/domain/warehouses/scope';
import { isAt, navigationOf, setupSections } from './navigation';

const places = (scope: string, role: Role) =>
  navigationOf(scope, role).map(({ name, entries }) => [
    name,
    ...entries.map(({ place }) => place),
  ]);

describe('the navigation', () => {
  it('of a warehouse has its stock and its setting up', () => {
    expect(places('a', 'member')).toEqual([
      ['work', 'home', 'anomalies', 'reports'],
      ['stock', 'utilization', 'trends'],
      ['setup', 'warehouse'],
    ]);
  });

  it('of all warehouses has no more than they have in common', () => {
    expect(places(ALL, 'member')).toEqual([
      ['work', 'home', 'anomalies', 'reports'],
      ['setup', 'warehouses'],
    ]);
  });

  it.each(['viewer', 'operator', 'manager'] as const)('has the items for a %s', (role) => {
    expect(places('a', role)[1]).toEqual([
      'stock',
      'items',
      'orders',
      'analytics',
      'utilization',
      'trends',
    ]);
    expect(places(ALL, role)[1]).toEqual(['stock', 'items', 'orders', 'analytics']);
  });

  it.each(['a', ALL])('of administrators ends with the administration (%s)', (scope) => {
    expect(places(scope, 'admin')).toEqual([
      ...places(scope, 'manager'),
      ['administration', 'administration'],
    ]);
  });

  it('has as many entries as fit', () => {
    expect(places('a', 'admin').flatMap(([, ...entries]) => entries).length).toBeLessThanOrEqual(
      10,
    );
  });

  it.each([
    ['/w/a', 'home'],
    ['/w/a/', 'home'],
    ['/w/a/anomalies', 'anomalies'],
    ['/reports/r1', 'reports'],
    ['/reports/r1/columns', 'reports'],
    ['/w/a/layout', 'warehouse'],
    ['/w/a/rules/cold-chain', 'warehouse'],
    ['/w/a/members', 'warehouse'],
    ['/warehouses', 'warehouse'],
    ['/items', 'items'],
    ['/items/item_1', 'items'],
    ['/items/suppliers', 'items'],
    ['/scan', 'items'],
    ['/orders', 'orders'],
    ['/orders/ord_1', 'orders'],
    ['/analytics', 'analytics'],
    ['/analytics/low-stock', 'analytics'],
    ['/w/a/stock', 'utilization'],
    ['/w/a/counts/cnt_1', 'utilization'],
    ['/admin/invitations', 'administration'],
    ['/w/a/new', undefined],
  ])('shows at %s that one is at %s', (path, place) => {
    const all = navigationOf('a', 'admin').flatMap(({ entries }) => entries);
    expect(all.filter((entry) => isAt(entry, path)).map((entry) => entry.place)).toEqual(
      place === undefined ? [] : [place],
    );
  });
});

describe('what there is to set up', () => {
  const ALL_OF_THEM = [
    'layout',
    'rules',
    'costs',
    'columns',
    'suppressions',
    'members',
    'history',
    'runs',
  ];
  it.each([
    ['viewer', ['layout', 'rules', 'members']],
    ['operator', ['layout', 'rules', 'columns', 'suppressions', 'members']],
    ['manager', ALL_OF_THEM],
    ['owner', ALL_OF_THEM],
    ['admin', ALL_OF_THEM],
  ] as const)('for a role of %s', (role, sections) => {
    expect(setupSections('a', role)).toEqual(sections);
  });

  it('without a warehouse', () => {
    expect(setupSections(ALL, undefined)).toEqual(['rules', 'columns']);
  });
});
