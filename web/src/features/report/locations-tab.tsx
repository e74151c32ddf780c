import { Group, SegmentedControl, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { IconMapPin, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { NO_LOCATION } from '@/api/anomalies';
import { locationsQuery, type Report } from '@/api/reports';
import { warehouseQuery, type LayoutRow } from '@/api/warehouses';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { Loaded, Notice } from '@/ui/states';
import { areasOf, MAX_CELLS, type Place } from './location-areas';
import { LocationMap } from './location-map';
import classes from './locations-tab.module.css';

const LISTED = 200;

export function LocationsTab({ report }: { report: Report }) {
  const { map: words } = useMessages();
  const query = useQuery(locationsQuery(report.id, report.updated_at));
  const warehouse = useQuery({
    ...warehouseQuery(report.warehouse_id ?? ''),
    enabled: Boolean(report.warehouse_id),
  });
  const waits = Boolean(report.warehouse_id) && warehouse.isPending;
  return (
    <Loaded query={{ ...query, data: waits ? undefined : query.data }}>
      {(places) =>
        places.length === 0 ? (
          <Notice icon={IconMapPin} title={words.empty} />
        ) : (
          <Places report={report} places={places} layout={warehouse.data?.layout ?? []} />
        )
      }
    </Loaded>
  );
}

interface PlacesProps {
  report: Report;
  places: Place[];
  layout: readonly LayoutRow[];
}

function Places({ report, places, layout }: PlacesProps) {
  const { map: words } = useMessages();
  const format = useFormat();
  const navigate = useNavigate();
  const [size, setSize] = useState('16');
  const [clean, setClean] = useState(true);
  const { areas, complete } = useMemo(
    () => areasOf(places, layout, clean),
    [places, layout, clean],
  );
  const open = (location: string) =>
    void navigate({
      to: '/reports/$reportId',
      params: { reportId: report.id },
      search: { view: 'anomalies', location },
    });
  return (
    <div className={classes.columns}>
      <Card
        title={words.title}
        aside={
          <SegmentedControl
            size="xs"
            aria-label={words.zoom}
            value={size}
            onChange={setSize}
            data={[
              { value: '10', label: 'S' },
              { value: '16', label: 'M' },
              { value: '24', label: 'L' },
            ]}
          />
        }
      >
        <Stack gap="md">
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed" style={{ flex: '1 1 16rem' }}>
              {words.lead}
            </Text>
            <Legend />
          </Group>
          {layout.length > 0 ? (
            <Switch
              label={words.showAll}
              checked={clean}
              onChange={(event) => setClean(event.currentTarget.checked)}
            />
          ) : null}
          <LocationMap areas={areas} cell={Number(size)} onOpen={open} />
          {complete ? null : (
            <Text size="sm" c="dimmed">
              {words.tooMany(format.number(MAX_CELLS))}
            </Text>
          )}
        </Stack>
      </Card>
      <PlaceList report={report} places={places} />
    </div>
  );
}

function Legend() {
  const { map: words } = useMessages();
  return (
    <Group gap={6} aria-hidden wrap="nowrap">
      <Text size="xs" c="dimmed">
        {words.fewer}
      </Text>
      {[0, 1, 2, 3, 4].map((level) => (
        <span key={level} className={classes.key} data-heat={level} />
      ))}
      <Text size="xs" c="dimmed">
        {words.more}
      </Text>
    </Group>
  );
}

/** The same as a table, worst first: what the map shows, for reading and for the keyboard. */
function PlaceList({ report, places }: Omit<PlacesProps, 'layout'>) {
  const { map: words } = useMessages();
  const format = useFormat();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const found = useMemo(
    () =>
      places
        .filter((place) => place.name.toLowerCase().includes(wanted))
        .sort((a, b) => b.anomalies - a.anomalies),
    [places, wanted],
  );
  return (
    <Card>
      <Stack gap="xs">
        <TextInput
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <div className={classes.list}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.location}</Table.Th>
                <Table.Th ta="right">{words.anomalies}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.slice(0, LISTED).map(({ name, anomalies }) => (
                <Table.Tr key={name}>
                  <Table.Td>
                    <TextLink
                      className={name === NO_LOCATION ? undefined : 'code'}
                      to="/reports/$reportId"
                      params={{ reportId: report.id }}
                      search={{ view: 'anomalies', location: name }}
                    >
                      {name === NO_LOCATION ? words.noLocation : name}
                    </TextLink>
                  </Table.Td>
                  <Table.Td ta="right" className="numbers">
                    {format.number(anomalies)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </Stack>
    </Card>
  );
}
