import { SimpleGrid } from '@mantine/core';
import type { Report } from '@/api/reports';
import { rowsOf } from '@/domain/reports/receipt';
import { useStake } from '@/domain/reports/stake';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Figure } from '@/ui/figure';
import classes from './report-kpis.module.css';

export function ReportKpis({ report }: { report: Report }) {
  const { report: words, cost: costs } = useMessages();
  const format = useFormat();
  const { counts } = report;
  const rows = rowsOf(report);
  const stake = useStake(report, costs.openHint);
  const urgent = counts.open_by_priority['Very High'] ?? 0;
  const resolved = counts.by_status['Resolved'] ?? 0;
  const to = '/reports/$reportId' as const;
  const params = { reportId: report.id };
  return (
    <SimpleGrid
      cols={{ base: 2, md: stake ? 5 : 4 }}
      spacing="sm"
      className={stake ? classes.five : undefined}
    >
      <Figure
        label={words.kpiOpen}
        value={format.number(counts.open)}
        hint={words.kpiOpenHint(format.number(counts.total))}
        link={{ to, params, search: { view: 'anomalies', status: 'open' } }}
      />
      <Figure
        label={words.kpiUrgent}
        value={format.number(urgent)}
        hint={words.kpiUrgentHint(format.number(counts.by_priority['Very High'] ?? 0))}
        color={urgent ? 'var(--priority-very-high)' : undefined}
        link={{ to, params, search: { view: 'anomalies', priority: 'Very High', status: 'open' } }}
      />
      <Figure
        label={words.kpiResolved}
        value={format.number(resolved)}
        hint={words.resolvedShare(format.percent(counts.total ? resolved / counts.total : 0))}
        link={{ to, params, search: { view: 'anomalies', status: 'Resolved' } }}
      />
      {stake ? (
        <Figure
          label={costs.total}
          value={stake.value}
          hint={stake.hint}
          link={stake.link ?? { to, params, search: { view: 'overview' } }}
        />
      ) : null}
      <Figure
        label={words.kpiRows}
        value={format.number(rows.evaluated)}
        hint={words.kpiRowsHint(format.number(rows.total))}
        link={{ to, params, search: { view: 'checks' } }}
      />
    </SimpleGrid>
  );
}
