import { Text } from '@mantine/core';
import type { Rule } from '@/api/rules';
import { useFormat } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { Card } from '@/ui/card';
import { Meters } from '@/ui/charts/meters';

const REASONS = ['real', 'accepted', 'false_positive', 'data_error'] as const;

/** What people said of its anomalies when they resolved them. */
export function PrecisionCard({ rule: { precision } }: { rule: Rule }) {
  const words = useRuleWords();
  const format = useFormat();
  const judged = REASONS.reduce((sum, reason) => sum + (precision?.[reason] ?? 0), 0);
  return (
    <Card title={words.precisionTitle}>
      {!precision || judged === 0 ? (
        <Text size="sm" c="dimmed">
          {words.precisionNone}
        </Text>
      ) : (
        <>
          {precision.precision === null ? null : (
            <Text fw={600} fz="lg">
              {words.right(format.percent(precision.precision))}
            </Text>
          )}
          <Meters
            label={words.precisionTitle}
            meters={REASONS.map((reason) => ({
              key: reason,
              label: words.reason[reason],
              share: precision[reason] / judged,
              value: format.number(precision[reason]),
              color:
                reason === 'false_positive'
                  ? 'var(--priority-high)'
                  : reason === 'data_error'
                    ? 'var(--series-rest)'
                    : undefined,
            }))}
          />
          <Text size="sm" c="dimmed">
            {words.precisionLead}
          </Text>
        </>
      )}
    </Card>
  );
}
