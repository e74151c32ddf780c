import { SimpleGrid, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { PRIORITIES, STATUSES } from '@/api/anomalies';
import type { Report } from '@/api/reports';
import { CountBars } from '@/domain/anomalies/count-bars';
import { PRIORITY_COLORS, STATUS_COLORS } from '@/domain/anomalies/marks';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Notice } from '@/ui/states';
import { CoverageSummary } from './coverage-summary';
import { QuestionsNotice } from './goods-questions';
import { SincePrevious } from './since-previous';

export function OverviewTab({ report }: { report: Report }) {
  const { report: words, priority, status } = useMessages();
  const title = useRuleTitle();
  const { by_priority, by_rule, by_status, total } = report.counts;
  const link = (search: object) => ({
    to: '/reports/$reportId' as const,
    params: { reportId: report.id },
    search: { view: 'anomalies' as const, ...search },
  });
  const rules = Object.entries(by_rule)
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" style={{ alignItems: 'start' }}>
      {total === 0 ? (
        <Card>
          <Notice icon={IconCircleCheck} title={words.clean}>
            {words.cleanText}
          </Notice>
        </Card>
      ) : (
        <>
          <Card title={words.byRule}>
            <CountBars
              label={words.byRule}
              bars={rules.map(([rule, count]) => ({
                key: rule,
                label: title(rule),
                count,
                link: link({ rule }),
              }))}
            />
          </Card>
          <Stack gap="md">
            <SincePrevious report={report} />
            <Card title={words.byPriority}>
              <CountBars
                label={words.byPriority}
                bars={PRIORITIES.map((level) => ({
                  key: level,
                  label: priority[level],
                  count: by_priority[level] ?? 0,
                  color: PRIORITY_COLORS[level],
                  link: link({ priority: level }),
                }))}
              />
            </Card>
            <Card title={words.byStatus}>
              <CountBars
                label={words.byStatus}
                bars={STATUSES.map((state) => ({
                  key: state,
                  label: status[state],
                  count: by_status[state] ?? 0,
                  color: STATUS_COLORS[state],
                  link: link({ status: state }),
                }))}
              />
            </Card>
            <QuestionsNotice report={report} />
            <CoverageSummary report={report} />
          </Stack>
        </>
      )}
      {total === 0 ? (
        <Stack gap="md">
          <SincePrevious report={report} />
          <QuestionsNotice report={report} />
          <CoverageSummary report={report} />
        </Stack>
      ) : null}
    </SimpleGrid>
  );
}
