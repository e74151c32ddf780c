import { SimpleGrid, Stack, Text } from '@mantine/core';
import { IconFileAnalytics } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { reportQuery } from '@/api/reports';
import { trendsQuery, utilizationQuery, type TrendPoint, type Trends } from '@/api/snapshots';
import type { WarehouseSummary } from '@/api/warehouses';
import { HotSpots } from '@/domain/warehouses/hot-spots';
import { FillMeters } from '@/domain/warehouses/fill-meters';
import { fillingBy } from '@/domain/warehouses/occupancy';
import { TrendByRule } from '@/domain/warehouses/trend-by-rule';
import { splitAtNewestWhole, wholeSnapshots } from '@/domain/warehouses/whole-snapshots';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Card } from '@/ui/card';
import { Chart } from '@/ui/charts/chart';
import { ButtonLink, TextLink } from '@/ui/link';
import { Loaded, Notice } from '@/ui/states';
import classes from './dashboard.module.css';
import { SnapshotFigures } from './snapshot-figures';
import { UrgentList } from './urgent-list';

const HOT_SPOTS = 8;

/** How one warehouse stands in its newest whole snapshot, and how it got there. */
export function WarehouseStanding({ warehouse }: { warehouse: WarehouseSummary }) {
  const { dashboard: words, app } = useMessages();
  const query = useQuery(trendsQuery(warehouse.id));
  return (
    <Loaded query={query}>
      {(trends) => {
        const { shown, since } = splitAtNewestWhole(trends.snapshots);
        return shown ? (
          <>
            <Newest id={shown.report_id} />
            {since.length > 0 ? <Since parts={since} timezone={warehouse.timezone} /> : null}
            <div className={classes.columns}>
              <Charts warehouse={warehouse} trends={trends} />
              <UrgentList report={shown.report_id} warehouse={warehouse.id} />
            </div>
          </>
        ) : (
          <Notice
            icon={IconFileAnalytics}
            title={words.noInventory}
            action={
              <ButtonLink to="/w/$warehouse/new" params={{ warehouse: warehouse.id }} mt="sm">
                {app.newAnalysis}
              </ButtonLink>
            }
          >
            {words.noInventoryText}
          </Notice>
        );
      }}
    </Loaded>
  );
}

function Newest({ id }: { id: string }) {
  const query = useQuery(reportQuery(id));
  return <Loaded query={query}>{(report) => <SnapshotFigures report={report} />}</Loaded>;
}

/** Parts that were sent since: the figures above are without them. */
function Since({ parts, timezone }: { parts: readonly TrendPoint[]; timezone: string }) {
  const { scope } = useMessages();
  const format = useFormat();
  return (
    <Text size="sm">
      {scope.since(parts.length)}{' '}
      {parts.map((part, index) => (
        <span key={part.report_id}>
          {index > 0 ? ', ' : null}
          <TextLink
            inherit
            underline="always"
            to="/reports/$reportId"
            params={{ reportId: part.report_id }}
          >
            {format.dateTime(part.as_of, timezone)}
          </TextLink>
        </span>
      ))}
    </Text>
  );
}

interface ChartsProps {
  warehouse: WarehouseSummary;
  trends: Trends;
}

function Charts({ warehouse, trends }: ChartsProps) {
  const { dashboard: words } = useMessages();
  const { trends: trendWords, inventory } = useWarehouseWords();
  const points = wholeSnapshots(trends.snapshots).reverse();
  return (
    <Stack gap="md" miw={0}>
      <Card>
        <TrendByRule
          title={words.trendByRule}
          lead={words.trendLead}
          points={points}
          timezone={warehouse.timezone}
          words={{ ...trendWords, inventory }}
        />
        <TextLink size="sm" to="/w/$warehouse/trends" params={{ warehouse: warehouse.id }}>
          {words.allTrends}
        </TextLink>
      </Card>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Card>
          <HotSpots
            title={trendWords.hotSpots}
            lead={trendWords.hotSpotsLead(points.length)}
            head={[trendWords.location, trendWords.anomalies, trendWords.inventories]}
            inInventories={trendWords.inInventories}
            spots={trends.hot_spots.slice(0, HOT_SPOTS)}
            link={(location) => ({
              to: '/w/$warehouse/anomalies',
              params: { warehouse: warehouse.id },
              search: { location },
            })}
          />
        </Card>
        <ByZone warehouse={warehouse} />
      </SimpleGrid>
    </Stack>
  );
}

function ByZone({ warehouse }: { warehouse: WarehouseSummary }) {
  const { dashboard: words } = useMessages();
  const { utilization: zoneWords, noSnapshot } = useWarehouseWords();
  const format = useFormat();
  const query = useQuery(utilizationQuery(warehouse.id));
  const link = {
    to: '/w/$warehouse/utilization',
    params: { warehouse: warehouse.id },
  } as const;
  return (
    <Card>
      <Loaded query={query}>
        {({ now }) => {
          const zones = now ? fillingBy(now.areas, 'zone') : [];
          const name = (zone: string | null) => zone ?? zoneWords.noZone;
          return (
            <Chart
              title={words.byZone}
              order={2}
              lead={now ? undefined : noSnapshot}
              head={[zoneWords.zone, zoneWords.pallets, zoneWords.capacity, zoneWords.fill]}
              rows={zones.map((zone) => [
                name(zone.key),
                format.number(zone.pallets),
                zone.capacity === null ? '–' : format.number(zone.capacity),
                zone.fill === null ? '–' : format.percent(zone.fill),
              ])}
            >
              <FillMeters label={words.byZone} fillings={zones} by="zone" name={name} link={link} />
            </Chart>
          );
        }}
      </Loaded>
    </Card>
  );
}
