import { describe, expect, it } from 'vitest';
import { en } from '@/i18n/en';
import { es } from '@/i18n/es';
import { ruleTexts } from './rule-texts';

const plural = () => '';
const STAGNANT = {
  code: 'stagnant-pallet',
  title: 'Stagnant pallet',
  rationale: 'Goods left on the\ndock block it.\n\nThe time counts from creation.',
};
const HEAVY = {
  code: 'overweight-pallet',
  title: 'Overweight pallet',
  rationale: 'A beam bends under it.',
};
const english = ruleTexts(en(plural).rules, [STAGNANT, HEAVY]);
const spanish = ruleTexts(es(plural).rules, [STAGNANT, HEAVY]);

describe('the texts of a rule', () => {
  it('are those of the service in English', () => {
    expect(english.title('stagnant-pallet')).toBe('Stagnant pallet');
    expect(english.why('stagnant-pallet')).toBe('Goods left on the dock block it.');
    expect(english.codes).toEqual(['stagnant-pallet', 'overweight-pallet']);
  });

  it('are Spanish in Spanish, whatever came with the anomaly', () => {
    expect(spanish.title('stagnant-pallet', 'Stagnant pallet')).toBe('Palé parado en recepción');
    expect(spanish.why('stagnant-pallet')).toContain('recepción');
  });

  it('are English in Spanish, for a rule that has no Spanish words', () => {
    expect(spanish.title('overweight-pallet')).toBe('Overweight pallet');
    expect(spanish.why('overweight-pallet')).toBe('A beam bends under it.');
  });

  it('are those of the anomaly, or its code, until the rules have arrived', () => {
    const early = ruleTexts(en(plural).rules, []);
    expect(early.title('gs1-check-digit', 'Wrong check digit')).toBe('Wrong check digit');
    expect(early.title('gs1-check-digit')).toBe('Gs1 check digit');
    expect(early.why('gs1-check-digit')).toBe('');
  });
});
