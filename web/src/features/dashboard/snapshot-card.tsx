import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reportQuery, type Report, type ReportSummary } from '@/api/reports';
import { CountBars } from '@/domain/anomalies/count-bars';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { useWarehouseName } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Figure } from '@/ui/figure';
import { TextLink } from '@/ui/link';
import { Loaded } from '@/ui/states';
import { Trend } from './trend';

const RULES_SHOWN = 6;

/** How a warehouse stands in its newest snapshot, and how it got there. */
interface SnapshotCardProps {
  newest: ReportSummary;
  reports: readonly ReportSummary[];
}

export function SnapshotCard({ newest, reports }: SnapshotCardProps) {
  const { id, warehouse_id } = newest;
  const query = useQuery(reportQuery(id));
  const { dashboard: words } = useMessages();
  const warehouseName = useWarehouseName();
  const format = useFormat();
  const report = query.data;
  return (
    <Card
      title={report ? (warehouseName(report.warehouse_id) ?? words.noWarehouse) : words.latest}
      aside={
        report ? (
          <TextLink size="sm" to="/reports/$reportId" params={{ reportId: id }}>
            {words.snapshotOf(format.dateTime(report.as_of ?? report.created_at, report.timezone))}
          </TextLink>
        ) : null
      }
    >
      <Loaded query={query}>{(loaded) => <MembershipRole report={loaded} />}</Loaded>
      <Trend reports={reports.filter((report) => report.warehouse_id === warehouse_id)} />
    </Card>
  );
}

function MembershipRole({ report }: { report: Report }) {
  const { dashboard: words } = useMessages();
  const format = useFormat();
  const title = useRuleTitle();
  const { counts } = report;
  const to = '/reports/$reportId' as const;
  const params = { reportId: report.id };
  const rules = Object.entries(counts.by_rule)
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, RULES_SHOWN);
  const figure = (label: string, count: number, status?: 'New' | 'In Progress' | 'Resolved') => (
    <Figure
      label={label}
      value={format.number(count)}
      hint={words.ofTotal(format.number(counts.total))}
      link={{ to, params, search: { view: 'anomalies', status } }}
    />
  );
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs">
        {figure(words.open, counts.open)}
        {figure(words.new, counts.by_status['New'] ?? 0, 'New')}
        {figure(words.inProgress, counts.by_status['In Progress'] ?? 0, 'In Progress')}
        {figure(words.resolved, counts.by_status['Resolved'] ?? 0, 'Resolved')}
      </SimpleGrid>
      {rules.length > 0 ? (
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {words.byRule}
          </Text>
          <CountBars
            label={words.byRuleOf(report.report_name)}
            bars={rules.map(([rule, count]) => ({
              key: rule,
              label: title(rule),
              count,
              link: { to, params, search: { view: 'anomalies', rule } },
            }))}
          />
        </div>
      ) : null}
    </Stack>
  );
}
