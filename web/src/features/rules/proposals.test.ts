import { expect, test } from 'vitest';
import type { Rule } from '@/api/rules';
import { exampleOf, trialOf } from './proposals';

const parameter = (name: string, byDefault: number | string[]) => ({
  name,
  default: byDefault,
  kind: 'texts',
  description: '',
});
const rule = {
  parameters: [parameter('max_minutes', 30), parameter('exclusions', ['TOY'])],
} as unknown as Rule;

test('a trial has every parameter, also those that the proposal leaves at their default', () => {
  const scope = { locations: [], products: [], excluded: [] };
  const settings = { enabled: true, priority: null, scope };
  const parameters = { exclusions: ['TOY', 'SATCHEL'] };
  expect(trialOf(rule, { settings: { ...settings, parameters } })).toEqual({
    params: { max_minutes: 30, exclusions: ['TOY', 'SATCHEL'] },
    scope,
  });
});

test('an example says once what its subject says already', () => {
  const id = 'rep_1-a';
  expect(exampleOf({ id, subject: 'S1', text: 'FROZEN SATCHEL' })).toBe('S1 (FROZEN SATCHEL)');
  expect(exampleOf({ id, subject: 'QC-1', text: 'QC-1' })).toBe('QC-1');
  expect(exampleOf({ id, subject: 'S1', text: null })).toBe('S1');
});
