import type { Messages } from '@/i18n/messages';

/** As the service lists a rule: its texts are English. */
export interface ListedRule {
  code: string;
  title: string;
  rationale: string;
}

/** What rules are called and why they matter, in the reader's language where it has words. */
export interface RuleTexts {
  codes: string[];
  /** `given` is the title that came with an anomaly. */
  title: (code: string, english?: string) => string;
  why: (code: string) => string;
}

/** `rules` are those that the service lists; none until they have arrived. */
export function ruleTexts(words: Messages['rules'], rules: readonly ListedRule[]): RuleTexts {
  const listed = new Map(rules.map((rule) => [rule.code, rule]));
  return {
    codes: [...listed.keys()],
    title: (code, english) =>
      words[code]?.title ?? english ?? listed.get(code)?.title ?? spelledOut(code),
    why: (code) => words[code]?.why ?? firstParagraph(listed.get(code)?.rationale),
  };
}

/** A code as words: `lot-straggler` is Lot straggler. */
function spelledOut(code: string): string {
  return (code.charAt(0).toUpperCase() + code.slice(1)).replaceAll('-', ' ');
}

function firstParagraph(text = ''): string {
  return (text.split('\n\n')[0] ?? '').replaceAll('\n', ' ');
}
