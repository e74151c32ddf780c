import { describe, expect, it } from 'vitest';
import type { RuleReceipt } from '@/api/reports';
import type { Rule, RuleParameter } from '@/api/rules';
import { patternOf } from '@/domain/warehouses/classify';
import {
  answerTo,
  changeWith,
  isFull,
  questionsIn,
  type ColdGoodsQuestion,
} from './goods-in-doubt';

const list = (name: string, value: string[]): RuleParameter => ({
  name,
  kind: 'patterns',
  default: value,
  description: '',
  minimum_items: value.length > 0 ? 1 : 0,
});
const PARAMETERS = [
  list('patterns', ['*FROZEN*']),
  list('must_stay_cold', []),
  list('need_no_cold', []),
];

const rule = (parameters: Rule['settings']['parameters'] = {}): Rule => ({
  code: 'cold-chain',
  title: 'Cold chain broken',
  rationale: '',
  priority: 'Very High',
  subject: 'pallet',
  subjects: ['pallet'],
  needs: [],
  parameters: PARAMETERS,
  what_if: null,
  cost_formula: '',
  warehouse_id: 'wh_1',
  settings: {
    enabled: true,
    parameters: {
      ...Object.fromEntries(PARAMETERS.map(({ name, default: value }) => [name, value])),
      ...parameters,
    },
    priority: 'Low',
    scope: { locations: [], products: [], excluded: ['BOX-*'] },
  },
  version: 3,
  changed_at: null,
  changed_by: null,
});

const question = (pattern: string): ColdGoodsQuestion => ({
  about: 'word',
  text: 'FROZEN',
  pattern,
  need: 'frozen',
  goods: 12,
  pallets: 140,
  examples: [],
  zones: ['AMBIENT'],
});

const receipt = (questions: ColdGoodsQuestion[], left = 0): RuleReceipt => ({
  rule: 'cold-chain',
  status: 'evaluated',
  rows_judged: 0,
  rows_skipped: {},
  needs: [],
  anomalies: 0,
  suppressed: 0,
  questions,
  questions_left: left,
  milliseconds: 0,
});

describe('an answer about goods in doubt', () => {
  it('is added to what was answered, and leaves the other settings as they are', () => {
    const before = rule({ need_no_cold: ['*LAMP*'], patterns: ['*ICE*'] });
    expect(changeWith(before, 'need_no_cold', question('*FROZEN*'))).toEqual({
      enabled: true,
      priority: 'Low',
      parameters: { patterns: ['*ICE*'], need_no_cold: ['*LAMP*', '*FROZEN*'] },
      scope: { locations: [], products: [], excluded: ['BOX-*'] },
    });
  });

  it('does not fix defaults, which may change', () => {
    expect(changeWith(rule(), 'must_stay_cold', question('*FROZEN*')).parameters).toEqual({
      must_stay_cold: ['*FROZEN*'],
    });
  });

  it('is known until the file is analyzed again', () => {
    const answered = rule({ must_stay_cold: ['FROZEN LAMP'], need_no_cold: ['*FROZEN*'] });
    expect(answerTo(answered, question('*FROZEN*'))).toBe('need_no_cold');
    expect(answerTo(answered, question('FROZEN LAMP'))).toBe('must_stay_cold');
    expect(answerTo(answered, question('FROZEN CLOCK'))).toBeUndefined();
  });

  it('finds no room in a list of fifty', () => {
    const patterns = Array.from({ length: 50 }, (_, index) => `FROZEN ${index}`);
    expect(isFull(rule({ need_no_cold: patterns }), 'need_no_cold')).toBe(true);
    expect(isFull(rule({ need_no_cold: patterns }), 'must_stay_cold')).toBe(false);
    expect(isFull(rule({ need_no_cold: patterns.slice(1) }), 'need_no_cold')).toBe(false);
  });

  it('is a pattern that the form of the rule takes', () => {
    expect(patternOf({ location_pattern: 'DISPLAY [[]60[*]40[]] [{]A[}][?]' })).not.toBeNull();
  });
});

describe('the number of questions', () => {
  it('counts those that are not shown yet', () => {
    expect(questionsIn([])).toBe(0);
    const shown = [question('*FROZEN*'), question('*CHILLED*')];
    expect(questionsIn([receipt([]), receipt(shown, 4)])).toBe(6);
  });
});
