import { Group, SegmentedControl, Slider, Stack, Switch, Text } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { locationsQuery, type ReportLocation } from '@/api/comparing';
import { hasStatus } from '@/api/problem';
import type { Report } from '@/api/reports';
import { warehouseQuery, type LayoutRow } from '@/api/warehouses';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Loaded, Notice } from '@/ui/states';
import { areasOf, MAX_CELLS } from './location-areas';
import { LocationMap, type MapColor } from './location-map';
import mapClasses from './location-map.module.css';
import classes from './locations-tab.module.css';
import { PlaceList } from './place-list';

const route = getRouteApi('/inside/reports/$reportId');

const SMALLEST = 8;
const USUAL = 16;
const LARGEST = 32;

export function LocationsTab({ report }: { report: Report }) {
  const { map: words } = useMessages();
  const query = useQuery(locationsQuery(report.id, report.updated_at));
  const warehouse = useQuery({
    ...warehouseQuery(report.warehouse_id ?? ''),
    enabled: Boolean(report.warehouse_id),
  });
  const waits = Boolean(report.warehouse_id) && warehouse.isPending;
  if (hasStatus(query.error, 409)) {
    return (
      <Notice icon={IconMapPin} title={words.tooOld}>
        {words.tooOldText}
      </Notice>
    );
  }
  return (
    <Loaded query={{ ...query, data: waits ? undefined : query.data }}>
      {(places) =>
        places.length === 0 ? (
          <Notice icon={IconMapPin} title={words.none} />
        ) : (
          <Places places={places} layout={warehouse.data?.layout ?? []} />
        )
      }
    </Loaded>
  );
}

interface PlacesProps {
  places: ReportLocation[];
  layout: readonly LayoutRow[];
}

function Places({ places, layout }: PlacesProps) {
  const { map: words } = useMessages();
  const format = useFormat();
  const { color = 'anomalies' } = route.useSearch();
  const navigate = route.useNavigate();
  const [size, setSize] = useState(USUAL);
  const [empty, setEmpty] = useState(true);
  const { areas, complete } = useMemo(
    () => areasOf(places, layout, empty),
    [places, layout, empty],
  );
  const open = useCallback(
    (location: string) => void navigate({ search: { view: 'anomalies', location } }),
    [navigate],
  );
  return (
    <div className={classes.columns}>
      <Card
        title={words.title}
        aside={
          <SegmentedControl
            size="xs"
            aria-label={words.colors}
            value={color}
            onChange={(value) =>
              void navigate({
                search: (before) => ({ ...before, color: value }),
                replace: true,
                resetScroll: false,
              })
            }
            data={[
              { value: 'anomalies', label: words.anomalies },
              { value: 'fill', label: words.fill },
            ]}
          />
        }
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {color === 'fill' ? words.leadFill : words.lead}
          </Text>
          <Group justify="space-between" gap="md">
            {layout.length > 0 ? (
              <Switch
                label={words.showEmpty}
                checked={empty}
                onChange={(event) => setEmpty(event.currentTarget.checked)}
              />
            ) : null}
            <Group gap="xs" wrap="nowrap">
              <Text size="sm" c="dimmed" aria-hidden>
                {words.zoom}
              </Text>
              <Slider
                w={120}
                thumbLabel={words.zoom}
                label={null}
                min={SMALLEST}
                max={LARGEST}
                step={2}
                value={size}
                onChange={setSize}
              />
            </Group>
            <Legend color={color} />
          </Group>
          <LocationMap
            areas={areas}
            cell={size}
            color={color}
            onOpen={open}
            withLayout={layout.length > 0}
          />
          {complete ? null : (
            <Text size="sm" c="dimmed">
              {words.tooMany(format.number(MAX_CELLS))}
            </Text>
          )}
        </Stack>
      </Card>
      <PlaceList places={places} color={color} />
    </div>
  );
}

function Legend({ color }: { color: MapColor }) {
  const { map: words } = useMessages();
  const key = (shade: number) => (
    <span
      key={shade}
      className={mapClasses.key}
      data-shade={shade}
      data-scale={color === 'fill' ? 'fill' : 'heat'}
    />
  );
  return (
    <Group gap={6} aria-hidden wrap="nowrap">
      <Text size="xs" c="dimmed">
        {color === 'fill' ? words.emptyKey : words.fewer}
      </Text>
      {[0, 1, 2, 3, 4].map(key)}
      <Text size="xs" c="dimmed">
        {color === 'fill' ? words.fullKey : words.more}
      </Text>
      {color === 'fill' ? (
        <>
          {key(5)}
          <Text size="xs" c="dimmed">
            {words.overKey}
          </Text>
        </>
      ) : null}
    </Group>
  );
}
