import { Stack, Table, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { NO_LOCATION } from '@/api/anomalies';
import type { ReportLocation } from '@/api/comparing';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import type { MapColor } from './location-map';
import classes from './locations-tab.module.css';

const LISTED = 200;
const route = getRouteApi('/inside/reports/$reportId');

const excess = ({ pallets, capacity }: ReportLocation) =>
  capacity === null ? -1 : pallets / Math.max(capacity, 0.5);

const ORDER: Record<MapColor, (a: ReportLocation, b: ReportLocation) => number> = {
  anomalies: (a, b) => b.anomalies - a.anomalies || b.pallets - a.pallets,
  fill: (a, b) => excess(b) - excess(a) || b.pallets - a.pallets,
};

interface PlaceListProps {
  places: readonly ReportLocation[];
  color: MapColor;
}

/** The same as a table, worst first: what the map shows, for reading and for the keyboard. */
export function PlaceList({ places, color }: PlaceListProps) {
  const { map: words } = useMessages();
  const { reportId } = route.useParams();
  const format = useFormat();
  const [query, setQuery] = useState('');
  const needle = query.trim().toLowerCase();
  const matching = useMemo(
    () => places.filter((place) => place.name.toLowerCase().includes(needle)).sort(ORDER[color]),
    [places, needle, color],
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
          <Table stickyHeader aria-label={words.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.location}</Table.Th>
                <Table.Th ta="right">{words.anomalies}</Table.Th>
                <Table.Th ta="right">{words.pallets}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {matching.slice(0, LISTED).map(({ name, anomalies, pallets, capacity }) => (
                <Table.Tr key={name}>
                  <Table.Td className={name === NO_LOCATION ? undefined : 'code'}>
                    {anomalies > 0 ? (
                      <TextLink
                        inherit
                        to="/reports/$reportId"
                        params={{ reportId }}
                        search={{ view: 'anomalies', location: name }}
                      >
                        {name === NO_LOCATION ? words.noLocation : name}
                      </TextLink>
                    ) : (
                      name
                    )}
                  </Table.Td>
                  <Table.Td ta="right" className="numbers">
                    {format.number(anomalies)}
                  </Table.Td>
                  <Table.Td ta="right" className="numbers">
                    {/* Reports from before they were counted say 0. */}
                    {name === NO_LOCATION && pallets === 0 ? '–' : format.number(pallets)}
                    {capacity === null ? null : (
                      <Text span size="sm" c="dimmed">
                        {` / ${format.number(capacity)}`}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
        {matching.length > LISTED ? (
          <Text size="xs" c="dimmed">
            {words.listed(format.number(LISTED), format.number(matching.length))}
          </Text>
        ) : null}
      </Stack>
    </Card>
  );
}
