import { Stack, Text } from '@mantine/core';
import type { Report } from '@/api/reports';
import { coverageOf, rowsOf } from '@/domain/reports/receipt';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';

/** "0 anomalies" says nothing without what was looked at; so that stands beside every result. */
export function CoverageSummary({ report }: { report: Report }) {
  const { report: words } = useMessages();
  const rows = rowsOf(report);
  const coverage = coverageOf(report);
  const run = coverage.filter((rule) => rule.status === 'evaluated').length;
  const missed = coverage.filter((rule) => rule.status === 'not_evaluated').length;
  return (
    <Card title={words.checks}>
      <Stack gap={6}>
        <Text size="sm">{words.readSentence(rows.evaluated, rows.total)}</Text>
        <Text size="sm">
          {words.rulesRun(run, coverage.length)} {missed > 0 ? words.rulesMissed(missed) : null}
        </Text>
        <TextLink
          size="sm"
          to="/reports/$reportId"
          params={{ reportId: report.id }}
          search={{ view: 'checks' }}
        >
          {words.checks}
        </TextLink>
      </Stack>
    </Card>
  );
}
