import { expect, it } from 'vitest';
import { LIFETIMES, tokenRequest, type TokenDraft } from './token-draft';

const DRAFT: TokenDraft = {
  name: ' Nightly export ',
  scopes: ['reports:write'],
  warehouses: [],
  days: 90,
};
const NOW = new Date('2026-03-02T08:00:00Z');

it('asks for all warehouses where none is chosen', () => {
  expect(tokenRequest(DRAFT, NOW)).toEqual({
    name: 'Nightly export',
    scopes: ['reports:write'],
    warehouses: null,
    expires_at: '2026-05-31T08:00:00.000Z',
  });
  expect(tokenRequest({ ...DRAFT, warehouses: ['wh_1'] }, NOW).warehouses).toEqual(['wh_1']);
});

it('offers nothing that the service refuses as too long', () => {
  expect(Math.max(...LIFETIMES)).toBeLessThanOrEqual(366);
});
