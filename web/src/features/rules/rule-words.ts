import type { Rule, RuleParameter, RuleSettings } from '@/api/rules';
import { useRuleTexts } from '@/domain/anomalies/use-rule-texts';
import { isField } from '@/api/fields';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { isNumeric } from './draft';

const SHARES: ReadonlySet<string> = new Set(['completion', 'share']);

/** What a rule and its settings are called in the reader's language. */
export function useRuleNames() {
  const words = useRuleWords();
  const messages = useMessages();
  const format = useFormat();
  const { title, why } = useRuleTexts();
  const need = (name: string) =>
    messages.report.need[name] ?? (isField(name) ? messages.field[name] : name);
  const value = (parameter: RuleParameter, raw: RuleSettings['parameters'][string]) => {
    if (Array.isArray(raw)) {
      const types = parameter.kind === 'location_types';
      return format.list(raw.map((item) => (types ? (messages.locationType[item] ?? item) : item)));
    }
    if (SHARES.has(parameter.name)) return format.exactPercent(raw);
    if (parameter.name === 'max_score') return words.score(format.number(raw, 2));
    const unit = words.unit[parameter.name];
    return `${format.number(raw, 2)}${unit ? ` ${unit}` : ''}`;
  };
  return {
    title: (rule: Rule) => title(rule.code, rule.title),
    why: (rule: Rule) => why(rule.code),
    rationale: (rule: Rule) =>
      (words.details[rule.code] ?? rule.rationale).split('\n\n').map((part) =>
        part
          .replaceAll('\n', ' ')
          .replaceAll('`', '')
          .replace(/\b[a-z]+_[a-z_]+\b/g, (name) =>
            isField(name) ? messages.field[name].toLocaleLowerCase() : name,
          ),
      ),
    needs: (rule: Rule) => format.list(rule.needs.map(need)),
    need,
    parameter: ({ name }: RuleParameter) => words.parameter[name] ?? name.replaceAll('_', ' '),
    hint: (rule: Rule, { name, description }: RuleParameter) =>
      words.parameterHint[`${rule.code}.${name}`] ?? description,
    value,
    /** The numbers of a rule, for one line of a list. */
    limits: (rule: Rule) =>
      rule.parameters
        .filter(isNumeric)
        .map((parameter) =>
          value(parameter, rule.settings.parameters[parameter.name] ?? parameter.default),
        )
        .join(', '),
  };
}
