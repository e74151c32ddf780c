import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { suggestionQuery, type Rule, type Suggestion } from '@/api/rules';
import { useFormat } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { Card } from '@/ui/card';
import { Loaded } from '@/ui/states';
import { useRuleNames } from './rule-words';

interface SuggestionCardProps {
  rule: Rule;
  warehouse: string;
  /** Where it may be changed. */
  onTake: ((parameter: string, value: number) => void) | undefined;
}

export function SuggestionCard({ rule, warehouse, onTake }: SuggestionCardProps) {
  const words = useRuleWords();
  const query = useQuery(suggestionQuery(rule.code, warehouse, rule.version));
  return (
    <Card title={words.suggestion}>
      <Loaded query={query}>
        {(suggestion) => <Proposed rule={rule} suggestion={suggestion} onTake={onTake} />}
      </Loaded>
    </Card>
  );
}

interface ProposedProps extends Pick<SuggestionCardProps, 'rule' | 'onTake'> {
  suggestion: Suggestion;
}

function Proposed({ rule, suggestion, onTake }: ProposedProps) {
  const words = useRuleWords();
  const names = useRuleNames();
  const format = useFormat();
  const { parameter: name, current, suggestion: limit } = suggestion;
  const parameter = rule.parameters.find((candidate) => candidate.name === name);
  if (!parameter) return null;
  const shown = (value: number) => names.value(parameter, value);
  return (
    <>
      {limit === null ? null : (
        <Text fw={600} fz="lg">
          {words.suggested(shown(limit))}
        </Text>
      )}
      <Text size="sm">{words.suggestionNow(shown(current))}</Text>
      <Text size="sm">
        {words.suggestionReason({
          reason: suggestion.reason,
          withheld: suggestion.withheld,
          pallets: format.number(suggestion.pallets),
          snapshots: suggestion.snapshots,
          limit: limit === null ? null : shown(limit),
          share:
            suggestion.share == null
              ? null
              : // Rounded down: 95 % is never said of less.
                format.percent(Math.floor(suggestion.share * 100) / 100),
        })}
      </Text>
      {limit !== null && suggestion.anomalies_now != null && suggestion.anomalies_then !== null ? (
        <Text size="sm" c="dimmed">
          {limit === current
            ? words.suggestionSame
            : words.suggestionEffect(
                format.number(suggestion.anomalies_now),
                format.number(suggestion.anomalies_then),
              )}
        </Text>
      ) : null}
      {onTake && limit !== null && limit !== current ? (
        <Button variant="light" w="fit-content" onClick={() => onTake(name, limit)}>
          {words.takeSuggestion}
        </Button>
      ) : null}
    </>
  );
}
