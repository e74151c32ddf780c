import { describe, expect, it } from 'vitest';
import type { Rule } from '@/api/rules';
import { changeOf, draftOf, faultsOf, isChanged, stepOf } from './draft';

const number = (name: string, minimum: number, maximum: number, value: number) => ({
  name,
  kind: 'number' as const,
  default: value,
  description: '',
  minimum,
  maximum,
});
const list = (kind: 'patterns' | 'location_types', name: string, value: string[]) => ({
  name,
  kind,
  default: value,
  description: '',
  minimum_items: value.length > 0 ? 1 : 0,
});

const rule = (parameters: Rule['parameters'], settings: Partial<Rule['settings']> = {}): Rule => ({
  code: 'stagnant-pallet',
  title: 'Stagnant pallet',
  rationale: '',
  priority: 'High',
  subject: 'pallet',
  subjects: ['pallet'],
  needs: [],
  parameters,
  what_if: null,
  cost_formula: '',
  warehouse_id: 'wh_1',
  settings: {
    enabled: true,
    parameters: Object.fromEntries(
      parameters.map((parameter) => [parameter.name, parameter.default]),
    ),
    priority: null,
    scope: { locations: [], products: [], excluded: [] },
    ...settings,
  },
  version: 0,
  changed_at: null,
  changed_by: null,
});

const HOURS = number('max_hours', 1, 720, 10);
const TYPES = list('location_types', 'location_types', ['RECEIVING']);

describe('the settings of a rule', () => {
  it('are sent without what is as by default', () => {
    const testRule = rule([HOURS, TYPES]);
    const draft = draftOf(testRule);
    expect(isChanged(testRule, draft)).toBe(false);
    draft.numbers.max_hours = 6;
    draft.scope.excluded = ' BOX-* \n\n';
    expect(isChanged(testRule, draft)).toBe(true);
    expect(changeOf(testRule, draft)).toEqual({
      enabled: true,
      priority: null,
      parameters: { max_hours: 6 },
      scope: { locations: [], products: [], excluded: ['BOX-*'] },
    });
  });

  it('go back to the default by typing it', () => {
    const testRule = rule([HOURS], { parameters: { max_hours: 6 } });
    const draft = draftOf(testRule);
    draft.numbers.max_hours = 10;
    expect(isChanged(testRule, draft)).toBe(true);
    expect(changeOf(testRule, draft).parameters).toEqual({});
  });

  it('keep the order of a list, and a priority of their own', () => {
    const testRule = rule([TYPES], {
      parameters: { location_types: ['DOCK', 'RECEIVING'] },
      priority: 'Low',
    });
    expect(changeOf(testRule, draftOf(testRule))).toMatchObject({
      priority: 'Low',
      parameters: { location_types: ['DOCK', 'RECEIVING'] },
    });
  });

  it.each([
    [{ max_hours: 0.5 }, ['max_hours bounds']],
    [{ max_hours: 720 }, []],
    [{ max_hours: 721 }, ['max_hours bounds']],
    [{ max_hours: '' as const }, ['max_hours bounds']],
  ])('are refused before they are sent: %o', (numbers, expected) => {
    const testRule = rule([HOURS]);
    const faults = faultsOf(testRule, { ...draftOf(testRule), numbers });
    expect(faults.map(({ field, fault }) => `${field} ${fault}`)).toEqual(expected);
  });

  it('need a word in each list, and patterns that can be read', () => {
    const testRule = rule([list('patterns', 'patterns', ['*FROZEN*']), TYPES]);
    const draft = draftOf(testRule);
    draft.lists.patterns = 'A-{01..';
    draft.lists.location_types = '';
    draft.scope.locations = 'OK-*\nX[';
    draft.scope.products = Array.from({ length: 51 }, (_, index) => `P${index}`).join('\n');
    expect(faultsOf(testRule, draft).map(({ field, fault }) => `${field} ${fault}`)).toEqual([
      'patterns pattern',
      'location_types empty',
      'locations pattern',
      'products tooMany',
    ]);
  });

  it('may leave a list empty that is so by default', () => {
    const answers = list('patterns', 'need_no_cold', []);
    const testRule = rule([answers], { parameters: { need_no_cold: ['*FROZEN*'] } });
    const draft = draftOf(testRule);
    draft.lists.need_no_cold = '\n';
    expect(faultsOf(testRule, draft)).toEqual([]);
    expect(changeOf(testRule, draft).parameters).toEqual({});
  });

  it.each([
    [number('completion', 0.5, 1, 0.8), 0.01],
    [number('max_score', 2, 10, 3.5), 0.1],
    [number('max_minutes', 5, 120, 30), 0.5],
    [HOURS, 1],
  ])('have slider steps that suit their bounds', (parameter, step) => {
    expect(stepOf(parameter)).toBe(step);
  });
});
