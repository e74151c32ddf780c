import { Text } from '@mantine/core';
import { useRuleTexts } from '@/domain/anomalies/use-rule-texts';
import { useMessages } from '@/i18n/i18n';

/** As many rules are named; beyond, their number says enough. */
const NAMED = 4;

interface RuleChangesProps {
  changes: { changed_rules?: readonly string[]; layout_changed?: boolean };
}

/** Says that two snapshots were not judged alike, so that their comparison is read with care. */
export function RuleChanges({ changes }: RuleChangesProps) {
  const { compare: words } = useMessages();
  const { title } = useRuleTexts();
  const rules = changes.changed_rules ?? [];
  if (rules.length === 0 && !changes.layout_changed) return null;
  return (
    <Text size="sm">
      {[
        rules.length > NAMED
          ? words.rulesChanged(rules.length)
          : rules.length > 0
            ? words.theseRulesChanged(rules.map((code) => title(code)))
            : '',
        changes.layout_changed ? words.layoutChanged : '',
        words.notTheStock,
      ]
        .filter(Boolean)
        .join(' ')}
    </Text>
  );
}
