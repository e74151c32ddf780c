import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { utilizationQuery, type OccupancySnapshot, type Utilization } from '@/api/snapshots';
import type { WarehouseSummary } from '@/api/warehouses';
import { FillMeters } from '@/domain/warehouses/fill-meters';
import { addedUp, fillingBy, inLayout, type Filling } from '@/domain/warehouses/occupancy';
import { OverfullNote } from '@/domain/warehouses/overfull-note';
import { wholeSnapshots } from '@/domain/warehouses/whole-snapshots';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Card } from '@/ui/card';
import { Chart, Legend } from '@/ui/charts/chart';
import { Lines } from '@/ui/charts/lines';
import { REST_COLOR, SERIES_COLORS } from '@/ui/charts/series';
import { Fact } from '@/ui/fact';
import { ButtonLink } from '@/ui/link';
import { Loaded, Notice } from '@/ui/states';

/** How full it is now and how that came about, from what was counted with each snapshot. */
export function UtilizationTab({ warehouse }: { warehouse: WarehouseSummary }) {
  const words = useWarehouseWords();
  const query = useQuery(utilizationQuery(warehouse.id));
  return (
    <Loaded query={query}>
      {(utilization) =>
        utilization.now ? (
          <UtilizationView warehouse={warehouse} now={utilization.now} utilization={utilization} />
        ) : (
          <NoSnapshot words={words} warehouse={warehouse} />
        )
      }
    </Loaded>
  );
}

interface NoSnapshotProps {
  words: ReturnType<typeof useWarehouseWords>;
  warehouse: WarehouseSummary;
}

export function NoSnapshot({ words, warehouse }: NoSnapshotProps) {
  const { app } = useMessages();
  return (
    <Notice
      icon={IconChartBar}
      title={words.noSnapshotTitle}
      action={
        <ButtonLink to="/w/$warehouse/new" params={{ warehouse: warehouse.id }}>
          {app.newAnalysis}
        </ButtonLink>
      }
    >
      {words.noSnapshot}
    </Notice>
  );
}

interface UtilizationViewProps {
  warehouse: WarehouseSummary;
  now: OccupancySnapshot;
  utilization: Utilization;
}

function UtilizationView({ warehouse, now, utilization }: UtilizationViewProps) {
  const { utilization: words } = useWarehouseWords();
  const { locationType } = useMessages();
  const format = useFormat();
  const whole = addedUp(now.areas);
  const layout = inLayout(now);
  const types = fillingBy(now.areas, 'type');
  const zones = fillingBy(now.areas, 'zone');
  return (
    <Stack gap="md">
      <Text c="dimmed">{words.now(format.dateTime(now.as_of, warehouse.timezone))}</Text>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <Fact label={words.pallets} value={format.number(now.pallets)} />
        <Fact
          label={words.used}
          value={format.number(layout ? layout.used : whole.locations)}
          hint={layout ? words.usedOf(format.number(layout.all), layout.outside) : undefined}
        />
        <Fact
          label={words.capacity}
          value={whole.capacity === null ? '–' : format.number(whole.capacity)}
        />
        <Fact
          label={words.fill}
          value={whole.fill === null ? '–' : format.percent(whole.fill)}
          hint={<OverfullNote parts={whole.overfull} by="both" />}
        />
      </SimpleGrid>
      {whole.capacity === null ? (
        <Alert variant="light" color="gray">
          {words.addCapacity}
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <FillingCard
          title={words.byType}
          part={words.type}
          by="type"
          fillings={types}
          name={(key) => (key === null ? words.noType : (locationType[key] ?? key))}
        />
        <FillingCard
          title={words.byZone}
          part={words.zone}
          by="zone"
          fillings={zones}
          name={(key) => key ?? words.noZone}
        />
      </SimpleGrid>
      <OverTime snapshots={wholeSnapshots(utilization.snapshots)} timezone={warehouse.timezone} />
    </Stack>
  );
}

interface FillingCardProps {
  title: string;
  part: string;
  by: 'type' | 'zone';
  fillings: readonly Filling[];
  name: (key: string | null) => string;
}

function FillingCard({ title, part, by, fillings, name }: FillingCardProps) {
  const { utilization: words } = useWarehouseWords();
  const format = useFormat();
  return (
    <Card>
      <Chart
        title={title}
        order={2}
        head={[part, words.pallets, words.used, words.empty, words.capacity, words.fill]}
        rows={fillings.map(({ key, pallets, locations, empty, capacity, fill }) => [
          name(key),
          format.number(pallets),
          format.number(locations),
          format.number(empty),
          capacity === null ? '–' : format.number(capacity),
          fill === null ? '–' : format.percent(fill),
        ])}
      >
        <FillMeters label={title} fillings={fillings} by={by} name={name} />
      </Chart>
    </Card>
  );
}

interface OverTimeProps {
  snapshots: readonly OccupancySnapshot[];
  timezone: string;
}

function OverTime({ snapshots, timezone }: OverTimeProps) {
  const { utilization: words, inventory } = useWarehouseWords();
  const format = useFormat();
  const points = [...snapshots].reverse();
  const byZone = points.map((point) => fillingBy(point.areas, 'zone'));
  const zones = [
    ...new Set(byZone.flat().flatMap(({ key, fill }) => (fill === null ? [] : [key]))),
  ];
  if (zones.length === 0) return null;
  const series = zones.map((zone, index) => ({
    key: zone ?? '',
    label: zone ?? words.noZone,
    color: SERIES_COLORS[index] ?? REST_COLOR,
  }));
  const values = byZone.map((fillings) =>
    Object.fromEntries(fillings.map(({ key, fill }) => [key ?? '', fill])),
  );
  return (
    <Card>
      <Chart
        title={words.overTime}
        order={2}
        lead={words.overTimeLead}
        head={[inventory, ...series.map(({ label }) => label)]}
        rows={points.map((point, index) => [
          format.dateTime(point.as_of, timezone),
          ...series.map(({ key }) => {
            const fill = values[index]?.[key];
            return fill == null ? '–' : format.percent(fill);
          }),
        ])}
      >
        {points.length < 2 ? (
          <Text size="sm" c="dimmed">
            {words.one}
          </Text>
        ) : (
          <>
            <Lines
              label={words.overTime}
              series={series}
              points={values.map((point) => ({ values: point }))}
              moments={points.map((point) => Date.parse(point.as_of))}
              ends={[
                format.day(points[0]!.as_of, timezone),
                format.day(points.at(-1)!.as_of, timezone),
              ]}
              show={format.percent}
            />
            <Legend series={series} />
          </>
        )}
      </Chart>
    </Card>
  );
}
