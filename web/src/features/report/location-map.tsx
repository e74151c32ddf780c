import { Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { useFormat, useMessages } from '@/i18n/i18n';
import { fullness, heat, type Aisle, type Area, type Place, type Shade } from './location-areas';
import { LocationDrawing } from './location-drawing';
import classes from './location-map.module.css';
import { usePlaceWords } from './place-words';

export type MapColor = 'anomalies' | 'fill';

interface LocationMapProps {
  areas: readonly Area[];
  /** Pixels of a cell. */
  cell: number;
  color: MapColor;
  onOpen: (location: string) => void;
  /** Without one, nothing can be outside of it. */
  withLayout: boolean;
}

/** More than this many places without levels are drawn as cells, fewer are written out. */
const WRITTEN_OUT = 40;

export const LocationMap = memo(function LocationMap(props: LocationMapProps) {
  const { areas, cell, color, onOpen, withLayout } = props;
  const { map: words, locationType } = useMessages();
  const every = areas.flatMap((area) => area.aisles.flatMap((aisle) => aisle.stacks.flat()));
  const worst = Math.max(0, ...every.map((place) => place.anomalies));
  const shade = color === 'fill' ? fullness : (place: Place): Shade => heat(place.anomalies, worst);
  const scale = color === 'fill' ? 'fill' : 'heat';
  return (
    <Stack gap="lg">
      {areas.map((area) => {
        const type = area.row
          ? (locationType[area.row.location_type] ?? area.row.location_type)
          : withLayout
            ? words.other
            : words.inFile;
        return (
          <section
            key={area.key}
            aria-label={[type, area.row?.location_pattern].filter(Boolean).join(' ')}
          >
            <Group gap="xs" mb={6} align="baseline">
              <Text size="sm" fw={600}>
                {type}
              </Text>
              {area.row ? (
                <Text size="xs" c="dimmed" className="code">
                  {area.row.location_pattern}
                </Text>
              ) : null}
              <Text size="xs" c="dimmed" className="numbers">
                {[area.row?.zone, words.area(area.places)].filter(Boolean).join(' · ')}
              </Text>
            </Group>
            {isDrawn(area) ? (
              area.aisles.map((aisle) => (
                <div key={aisle.name} className={classes.aisle}>
                  {aisle.name ? (
                    <Text size="xs" fw={600} className="code">
                      {words.aisle(aisle.name)}
                    </Text>
                  ) : null}
                  <LocationDrawing
                    name={[type, aisle.name ? words.aisle(aisle.name) : ''].join(' ').trim()}
                    {...{ aisle, shade, scale, onOpen }}
                    cellSize={cell}
                  />
                </div>
              ))
            ) : (
              <Chips places={area.aisles.flatMap(placesOf)} {...{ shade, scale, color, onOpen }} />
            )}
          </section>
        );
      })}
    </Stack>
  );
});

const placesOf = (aisle: Aisle) => aisle.stacks.flat();

const isDrawn = (area: Area) =>
  area.places > WRITTEN_OUT ||
  area.aisles.some((aisle) => aisle.stacks.some((stack) => stack.length > 1));

interface ChipsProps {
  places: Place[];
  shade: (place: Place) => Shade;
  scale: 'heat' | 'fill';
  color: MapColor;
  onOpen: (name: string) => void;
}

function Chips({ places, shade, scale, color, onOpen }: ChipsProps) {
  const format = useFormat();
  const say = usePlaceWords();
  return (
    <div className={classes.chips}>
      {places.map((place) => {
        const { name, anomalies, pallets, capacity } = place;
        const shownCount =
          color === 'fill'
            ? `${format.number(pallets)}${capacity === null ? '' : `/${format.number(capacity)}`}`
            : anomalies > 0
              ? format.number(anomalies)
              : null;
        const content = (
          <>
            <span
              className={classes.key}
              data-shade={shade(place)}
              data-scale={scale}
              aria-hidden
            />
            <span className="code">{name}</span>
            {shownCount ? <strong className="numbers">{shownCount}</strong> : null}
          </>
        );
        return anomalies > 0 ? (
          <UnstyledButton
            key={name}
            className={classes.chip}
            title={say(place)}
            onClick={() => onOpen(name)}
          >
            {content}
          </UnstyledButton>
        ) : (
          <span key={name} className={classes.chip} title={say(place)}>
            {content}
          </span>
        );
      })}
    </div>
  );
}
