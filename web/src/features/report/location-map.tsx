import { Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { memo, useState, type MouseEvent } from 'react';
import { useFormat, useMessages } from '@/i18n/i18n';
import { heat, type Area, type Place } from './location-areas';
import classes from './locations-tab.module.css';

interface LocationMapProps {
  areas: readonly Area[];
  /** Pixels of a cell. */
  cell: number;
  onOpen: (location: string) => void;
}

/** More than this many places without levels are drawn as cells, fewer are written out. */
const WRITTEN_OUT = 60;
const LABEL = 18;
const LABEL_EVERY = 120;

export const LocationMap = memo(function LocationMap({ areas, cell, onOpen }: LocationMapProps) {
  const { map: words, locationType } = useMessages();
  const worst = Math.max(
    ...areas.flatMap((area) => area.stacks.flat()).map((one) => one.anomalies),
  );
  return (
    <Stack gap="lg">
      {areas.map((area) => {
        const places = area.stacks.flat();
        const drawn = area.stacks.length < places.length || places.length > WRITTEN_OUT;
        return (
          <section key={area.key}>
            <Group gap="xs" mb={6} align="baseline">
              <Text size="sm" fw={600}>
                {area.row
                  ? (locationType[area.row.location_type] ?? area.row.location_type)
                  : words.other}
              </Text>
              {area.row ? (
                <Text size="xs" c="dimmed" className="code">
                  {area.row.location_pattern}
                </Text>
              ) : null}
              <Text size="xs" c="dimmed" className="numbers">
                {[area.row?.zone, words.area(places.length)].filter(Boolean).join(' · ')}
              </Text>
            </Group>
            {drawn ? (
              <Drawing stacks={area.stacks} {...{ cell, worst, onOpen }} />
            ) : (
              <Chips places={places} worst={worst} onOpen={onOpen} />
            )}
          </section>
        );
      })}
    </Stack>
  );
});

function Chips({
  places,
  worst,
  onOpen,
}: {
  places: Place[];
  worst: number;
  onOpen: (name: string) => void;
}) {
  const { map: words } = useMessages();
  const format = useFormat();
  return (
    <div className={classes.chips}>
      {places.map(({ name, anomalies }) => {
        const content = (
          <>
            {anomalies > 0 ? (
              <span className={classes.key} data-heat={heat(anomalies, worst)} aria-hidden />
            ) : null}
            <span className="code">{name}</span>
            {anomalies > 0 ? <strong className="numbers">{format.number(anomalies)}</strong> : null}
          </>
        );
        return anomalies > 0 ? (
          <UnstyledButton
            key={name}
            className={classes.chip}
            title={words.cell(name, anomalies)}
            onClick={() => onOpen(name)}
          >
            {content}
          </UnstyledButton>
        ) : (
          <span key={name} className={classes.chip}>
            {content}
          </span>
        );
      })}
    </div>
  );
}

interface DrawingProps {
  stacks: Place[][];
  cell: number;
  worst: number;
  onOpen: (name: string) => void;
}

/** Bays side by side, their levels above each other, as one drawing: thousands of cells stay light. */
function Drawing({ stacks, cell, worst, onOpen }: DrawingProps) {
  const { map: words } = useMessages();
  const { ref, width } = useElementSize();
  const [pointed, setPointed] = useState<string | null>(null);
  const step = cell + 2;
  const levels = Math.max(...stacks.map((stack) => stack.length));
  const perLine = Math.max(1, Math.floor((width || 600) / step));
  const lineHeight = levels * step + LABEL;
  const lines = Math.ceil(stacks.length / perLine);
  const nameAt = (event: MouseEvent) => (event.target as SVGElement).dataset.name ?? null;
  const bad = stacks.flat().filter((place) => place.anomalies > 0).length;
  const hit = pointed ? stacks.flat().find((place) => place.name === pointed) : undefined;
  return (
    <div ref={ref}>
      {/* The list beside it serves the keyboard. */}
      <svg
        className={classes.drawing}
        height={lines * lineHeight}
        role="img"
        aria-label={`${words.area(stacks.flat().length)}; ${words.withAnomalies(bad)}`}
        onMouseMove={(event) => setPointed(nameAt(event))}
        onMouseLeave={() => setPointed(null)}
        onClick={(event) => {
          const name = nameAt(event);
          const place = stacks.flat().find((one) => one.name === name);
          if (place && place.anomalies > 0) onOpen(place.name);
        }}
      >
        {stacks.map((stack, bay) =>
          // The first bay of a line is named, and then one every so often.
          (bay % perLine) % Math.ceil(LABEL_EVERY / step) === 0 ? (
            <text
              key={stack[0]?.name}
              className={classes.bay}
              x={(bay % perLine) * step + 1}
              y={Math.floor(bay / perLine) * lineHeight + LABEL - 5}
            >
              {stack[0]?.name}
            </text>
          ) : null,
        )}
        {stacks.map((stack, bay) => {
          const x = (bay % perLine) * step;
          const line = Math.floor(bay / perLine) * lineHeight;
          return stack.map((place, level) => (
            <rect
              key={place.name}
              data-name={place.name}
              data-heat={heat(place.anomalies, worst)}
              className={classes.cell}
              x={x + 1}
              y={line + LABEL + (levels - 1 - level) * step}
              width={cell}
              height={cell}
              rx={2}
            />
          ));
        })}
      </svg>
      <Text size="xs" c="dimmed" mih={20} className="numbers" aria-hidden>
        {hit ? (hit.anomalies ? words.cell(hit.name, hit.anomalies) : words.clean(hit.name)) : ''}
      </Text>
    </div>
  );
}
