import { describe, expect, it } from 'vitest';
import { isOld, movedTo, switchedTo } from './old-addresses';

describe('an old address', () => {
  it.each([
    ['/new', {}, '/w/home/new', {}],
    ['/new', { warehouse: 'a' }, '/w/a/new', {}],
    ['/new', { warehouse: 'none' }, '/w/all/new', {}],
    ['/reports', { status: 'failed' }, '/w/all/reports', { status: 'failed' }],
    ['/reports', { warehouse: 'a', q: 'x' }, '/w/a/reports', { q: 'x' }],
    ['/anomalies', { desc: true }, '/w/all/anomalies', { desc: true }],
    ['/anomalies', { warehouse: 'a', status: 'open' }, '/w/a/anomalies', { status: 'open' }],
    ['/pallets/A%2F1', { warehouse: 'a' }, '/w/a/pallets/A%2F1', {}],
    ['/warehouses/a', {}, '/w/a/layout', {}],
    ['/warehouses/a', { view: 'members' }, '/w/a/members', {}],
    ['/warehouses/a', { view: 'nonsense' }, '/w/a/layout', {}],
    ['/rules', {}, '/w/home/rules', {}],
    ['/rules', { warehouse: 'a' }, '/w/a/rules', {}],
    ['/rules', { warehouse: 'a', view: 'costs' }, '/w/a/costs', {}],
    ['/rules/cold-chain', { warehouse: 'a' }, '/w/a/rules/cold-chain', {}],
    ['/mappings', {}, '/w/home/columns', {}],
    ['/anomalies', { warehouse: 7 }, '/w/7/anomalies', {}],
  ])('%s %j is now %s', (path, search, newPath, newSearch) => {
    expect(isOld(path)).toBe(true);
    expect(movedTo(path, search, 'home')).toEqual({ path: newPath, search: newSearch });
  });
});

it.each(['/w/a', '/admin/users', '/nowhere', '/sign-in', '/', '/warehouses'])(
  '%s is none',
  (path) => {
    expect(isOld(path)).toBe(false);
  },
);

describe('choosing another warehouse', () => {
  it.each([
    ['/w/a', {}, 'b', '/w/b', {}],
    ['/w/a/reports', { q: 'x' }, 'b', '/w/b/reports', { q: 'x' }],
    [
      '/w/a/anomalies',
      { status: 'open', report: 'r', anomaly: 'n' },
      'all',
      '/w/all/anomalies',
      { status: 'open' },
    ],
    ['/w/a/pallets/P1', {}, 'b', '/w/b/pallets/P1', {}],
    ['/w/a/pallets/P1', {}, 'all', '/w/all', {}],
    ['/w/a/rules/cold-chain', {}, 'b', '/w/b/rules/cold-chain', {}],
    ['/w/a/columns', {}, 'all', '/w/all/columns', {}],
    ['/w/a/members', {}, 'b', '/w/b/members', {}],
    ['/w/a/members', {}, 'all', '/w/all', {}],
    ['/w/a/utilization', {}, 'all', '/w/all', {}],
    ['/reports/r1', { view: 'checks' }, 'b', '/w/b', {}],
    ['/admin/users', { q: 'x' }, 'b', '/w/b', {}],
  ])('leads from %s %j to %s at %s', (path, search, scope, newPath, newSearch) => {
    expect(switchedTo(path, search, scope)).toEqual({ path: newPath, search: newSearch });
  });
});
