import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { STATUSES } from '@/api/anomalies';
import { trendsQuery, type TrendPoint, type Trends } from '@/api/snapshots';
import type { WarehouseSummary } from '@/api/warehouses';
import { wholeSnapshots } from '@/domain/warehouses/whole-snapshots';
import { STATUS_COLORS } from '@/domain/anomalies/marks';
import { HotSpots } from '@/domain/warehouses/hot-spots';
import { TrendByRule } from '@/domain/warehouses/trend-by-rule';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Card } from '@/ui/card';
import { Chart, Legend } from '@/ui/charts/chart';
import { Columns } from '@/ui/charts/columns';
import { Meters } from '@/ui/charts/meters';
import type { Series } from '@/ui/charts/series';
import { Loaded } from '@/ui/states';
import { NoSnapshot } from './utilization-tab';

/** How its anomalies develop, from what was counted with each snapshot. */
export function TrendsTab({ warehouse }: { warehouse: WarehouseSummary }) {
  const words = useWarehouseWords();
  const query = useQuery(trendsQuery(warehouse.id));
  return (
    <Loaded query={query}>
      {(trends) =>
        trends.snapshots.length > 0 ? (
          <TrendsView warehouse={warehouse} trends={trends} />
        ) : (
          <NoSnapshot words={words} warehouse={warehouse} />
        )
      }
    </Loaded>
  );
}

function TrendsView({ warehouse, trends }: { warehouse: WarehouseSummary; trends: Trends }) {
  const { trends: words, inventory } = useWarehouseWords();
  const { status } = useMessages();
  const points = wholeSnapshots(trends.snapshots).reverse();
  const { timezone } = warehouse;
  const byStatus = STATUSES.map((key) => ({ key, label: status[key], color: STATUS_COLORS[key] }));
  const news: Series[] = [
    { key: 'new', label: words.new, color: 'var(--priority-high)' },
    { key: 'reappeared', label: words.reappeared, color: 'var(--series-3)' },
    { key: 'vanished', label: words.vanished, color: 'var(--status-resolved)' },
  ];
  return (
    <Stack gap="md">
      <Card>
        <TrendByRule
          title={words.byRule}
          lead={words.byRuleLead}
          words={{ ...words, inventory }}
          {...{ points, timezone }}
        />
      </Card>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Card>
          <Stacked
            title={words.byStatus}
            lead={words.byStatusLead}
            series={byStatus}
            of={(point) => point.by_status}
            {...{ points, timezone }}
          />
        </Card>
        <Card>
          <Stacked
            title={words.news}
            lead={words.newsLead}
            series={news}
            beside
            of={(point) => point.comparison}
            // The first has nothing before it, so that all of it is new.
            points={points.length > 1 ? points.slice(1) : points}
            timezone={timezone}
          />
        </Card>
        <Card>
          <HotSpots
            title={words.hotSpots}
            lead={words.hotSpotsLead(points.length)}
            head={[words.location, words.anomalies, words.inventories]}
            inInventories={words.inInventories}
            spots={trends.hot_spots.slice(0, 8)}
            link={(location) => ({
              to: '/w/$warehouse/anomalies',
              params: { warehouse: warehouse.id },
              search: { location },
            })}
          />
        </Card>
        <Card>
          <TimeToResolution points={points} timezone={timezone} />
        </Card>
      </SimpleGrid>
    </Stack>
  );
}

interface StackedProps {
  title: string;
  lead: string;
  series: readonly Series[];
  of: (point: TrendPoint) => Record<string, number>;
  beside?: boolean;
  points: readonly TrendPoint[];
  timezone: string;
}

function Stacked({ title, lead, series, of, beside, points, timezone }: StackedProps) {
  const { trends: words, inventory } = useWarehouseWords();
  const format = useFormat();
  return (
    <Chart
      title={title}
      lead={lead}
      order={2}
      head={[inventory, ...series.map(({ label }) => label)]}
      rows={points.map((point) => [
        format.dateTime(point.as_of, timezone),
        ...series.map(({ key }) => format.number(of(point)[key] ?? 0)),
      ])}
    >
      <Columns
        label={title}
        series={series}
        beside={beside ?? false}
        points={points.map((point) => ({
          key: point.report_id,
          foot: format.day(point.as_of, timezone),
          title: words.columnOf(
            format.dateTime(point.as_of, timezone),
            series.reduce((sum, { key }) => sum + (of(point)[key] ?? 0), 0),
          ),
          values: of(point),
          link: { to: '/reports/$reportId', params: { reportId: point.report_id } },
        }))}
      />
      <Legend series={series} />
    </Chart>
  );
}

function TimeToResolution({
  points,
  timezone,
}: {
  points: readonly TrendPoint[];
  timezone: string;
}) {
  const { trends: words, inventory } = useWarehouseWords();
  const format = useFormat();
  const hours = (value: number) =>
    value < 72 ? words.hours(format.number(value)) : words.days(format.number(value / 24));
  const known = points.flatMap((point) =>
    point.time_to_resolution ? [{ ...point.time_to_resolution, point }] : [],
  );
  const longest = Math.max(1, ...known.map(({ median_hours }) => median_hours));
  return (
    <Chart
      title={words.resolution}
      lead={words.resolutionLead}
      order={2}
      head={[inventory, words.resolved, words.median, words.mean]}
      rows={known.map(({ point, count, median_hours, mean_hours }) => [
        format.dateTime(point.as_of, timezone),
        format.number(count),
        hours(median_hours),
        hours(mean_hours),
      ])}
    >
      {known.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.noResolution}
        </Text>
      ) : (
        <Meters
          label={words.resolution}
          meters={known.map(({ point, count, median_hours }) => ({
            key: point.report_id,
            label: format.day(point.as_of, timezone),
            hint: `${words.resolved}: ${format.number(count)}`,
            share: median_hours / longest,
            value: hours(median_hours),
            link: { to: '/reports/$reportId', params: { reportId: point.report_id } },
          }))}
        />
      )}
    </Chart>
  );
}
