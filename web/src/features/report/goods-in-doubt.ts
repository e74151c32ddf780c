import type { RuleReceipt } from '@/api/reports';
import type { Rule } from '@/api/rules';
import { changeOfOne, MOST_TEXTS } from '@/domain/rules/settings';

/** The parameters of the rule that take the answers. */
export const ANSWERS = ['must_stay_cold', 'need_no_cold'] as const;
export type Answer = (typeof ANSWERS)[number];
export type ColdGoodsQuestion = RuleReceipt['questions'][number];

/** How many questions there are, with those that are not shown yet. */
export const questionsIn = (coverage: readonly RuleReceipt[]): number =>
  coverage.reduce((sum, rule) => sum + rule.questions.length + rule.questions_left, 0);

const patternsOf = (rule: Rule, answer: Answer): string[] => {
  const patterns = rule.settings.parameters[answer];
  return Array.isArray(patterns) ? patterns : [];
};

/** What has been answered since the report was made. */
export const answerTo = (rule: Rule, { pattern }: ColdGoodsQuestion): Answer | undefined =>
  ANSWERS.find((answer) => patternsOf(rule, answer).includes(pattern));

export const isFull = (rule: Rule, answer: Answer): boolean =>
  patternsOf(rule, answer).length >= MOST_TEXTS;

/** The rule with the answer, as the service takes it. */
export const changeWith = (rule: Rule, answer: Answer, { pattern }: ColdGoodsQuestion) =>
  changeOfOne(rule, answer, [...patternsOf(rule, answer), pattern]);
