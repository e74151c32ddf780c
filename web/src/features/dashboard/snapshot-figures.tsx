import { Group, SimpleGrid, Stack, Title } from '@mantine/core';
import type { Report } from '@/api/reports';
import { useStake } from '@/domain/reports/stake';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Figure } from '@/ui/figure';
import { TextLink } from '@/ui/link';
import { useWarehouseName } from '@/domain/warehouses/warehouse-list';

/** The newest snapshot in numbers, each leading to what it counts. */
export function SnapshotFigures({ report }: { report: Report }) {
  const { dashboard: words } = useMessages();
  const format = useFormat();
  const warehouseName = useWarehouseName();
  const { counts, comparison } = report;
  const stake = useStake(report, words.costHint);
  const to = '/reports/$reportId' as const;
  const params = { reportId: report.id };
  const urgent = counts.open_by_priority['Very High'] ?? 0;
  const total = words.ofOpen(format.number(counts.total));
  const compared = { view: 'compare', against: comparison?.previous ?? undefined } as const;
  const fresh = comparison ? comparison.new + comparison.reappeared : 0;
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="baseline" gap="4px 12px">
        <Title order={2} size="h4">
          {warehouseName(report.warehouse_id) ?? words.noWarehouse}
        </Title>
        <TextLink size="sm" to={to} params={params}>
          {words.snapshotOf(format.dateTime(report.as_of ?? report.created_at, report.timezone))}
        </TextLink>
      </Group>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: comparison?.previous ? 6 : 4 }} spacing="xs">
        <Figure
          label={words.urgentCount}
          value={format.number(urgent)}
          hint={words.urgentHint(format.number(counts.by_priority['Very High'] ?? 0))}
          color={urgent ? 'var(--priority-very-high)' : undefined}
          link={{
            to,
            params,
            search: { view: 'anomalies', priority: 'Very High', status: 'open' },
          }}
        />
        <Figure
          label={words.open}
          value={format.number(counts.open)}
          hint={total}
          link={{ to, params, search: { view: 'anomalies', status: 'open' } }}
        />
        <Figure
          label={words.inProgress}
          value={format.number(counts.by_status['In Progress'] ?? 0)}
          hint={total}
          link={{ to, params, search: { view: 'anomalies', status: 'In Progress' } }}
        />
        {comparison?.previous ? (
          <>
            <Figure
              label={words.newSince}
              value={format.number(fresh)}
              hint={
                comparison.reappeared
                  ? words.reappeared(format.number(comparison.reappeared))
                  : undefined
              }
              link={{ to, params, search: { ...compared, part: 'new' } }}
            />
            <Figure
              label={words.gone}
              value={format.number(comparison.vanished)}
              color={comparison.vanished ? 'var(--status-resolved)' : undefined}
              link={{ to, params, search: { ...compared, part: 'resolved' } }}
            />
          </>
        ) : null}
        {stake ? (
          <Figure
            label={words.cost}
            value={stake.value}
            hint={stake.hint}
            link={stake.link ?? { to, params, search: { view: 'anomalies', status: 'open' } }}
          />
        ) : null}
      </SimpleGrid>
    </Stack>
  );
}
