import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useId, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useMessages } from '@/i18n/i18n';
import type { Aisle, Place, Shade } from './location-areas';
import { usePlaceWords } from './place-words';
import classes from './location-map.module.css';

interface LocationDrawingProps {
  name: string;
  aisle: Aisle;
  /** Pixels of a cell. */
  cellSize: number;
  shade: (place: Place) => Shade;
  /** Which scale of colours. */
  scale: 'heat' | 'fill';
  onOpen: (location: string) => void;
}

const LABEL = 18;
const LABEL_EVERY = 120;
const LABEL_WIDTH = 60;

interface Cell {
  place: Place;
  bay: number;
  level: number;
}

/**
 * Bays side by side, their levels above each other, as one drawing: thousands of cells stay light.
 * The keyboard walks through it with the arrows, as through a list box; Enter opens.
 */
export function LocationDrawing({
  name,
  aisle,
  cellSize,
  shade,
  scale,
  onOpen,
}: LocationDrawingProps) {
  const { map: words } = useMessages();
  const say = usePlaceWords();
  const id = useId();
  const { ref, width } = useElementSize();
  const [pointed, setPointed] = useState<Cell | null>(null);
  const [focus, setFocus] = useState<Cell | null>(null);
  const { stacks } = aisle;
  const step = cellSize + 2;
  const levels = Math.max(...stacks.map((stack) => stack.length));
  const perLine = Math.max(1, Math.floor((width || 600) / step));
  const lineHeight = levels * step + LABEL;
  const lines = Math.ceil(stacks.length / perLine);
  const cells = useMemo(
    () => stacks.flatMap((stack, bay) => stack.map((place, level) => ({ place, bay, level }))),
    [stacks],
  );
  const cellAt = (event: MouseEvent) =>
    cells[Number((event.target as SVGElement).dataset.at ?? -1)];
  const shown = pointed ?? focus;

  function walk(event: KeyboardEvent) {
    const now = focus ?? cells[0];
    if (!now) return;
    const move = {
      ArrowRight: [1, 0],
      ArrowLeft: [-1, 0],
      ArrowUp: [0, 1],
      ArrowDown: [0, -1],
    }[event.key];
    if (move) {
      const [across = 0, up = 0] = move;
      const stack = stacks[now.bay + across];
      const level = Math.max(0, Math.min(now.level + up, (stack?.length ?? 1) - 1));
      const place = stack?.[level];
      if (place) setFocus({ place, bay: now.bay + across, level });
    } else if (event.key === 'Home') setFocus(cells[0] ?? null);
    else if (event.key === 'End') setFocus(cells.at(-1) ?? null);
    else if (event.key === 'Enter' || event.key === ' ') onOpen(now.place.name);
    else return;
    event.preventDefault();
  }

  const box = (cell: Cell) => ({
    x: (cell.bay % perLine) * step + 1,
    y: Math.floor(cell.bay / perLine) * lineHeight + LABEL + (levels - 1 - cell.level) * step,
    width: cellSize,
    height: cellSize,
  });

  return (
    <div ref={ref}>
      <div
        role="listbox"
        tabIndex={0}
        aria-label={name}
        aria-activedescendant={focus ? `${id}-current` : undefined}
        className={classes.box}
        onKeyDown={walk}
        onFocus={() => setFocus((before) => before ?? cells[0] ?? null)}
        onBlur={() => setFocus(null)}
      >
        {/* Only the cell that the keyboard is at is told one by one; the table tells all. */}
        <span
          role="option"
          id={`${id}-current`}
          aria-selected={focus !== null}
          className={classes.hidden}
        >
          {focus ? say(focus.place) : words.area(cells.length)}
        </span>
        <svg
          className={classes.drawing}
          height={lines * lineHeight}
          aria-hidden
          onMouseMove={(event) => setPointed(cellAt(event) ?? null)}
          onMouseLeave={() => setPointed(null)}
          onClick={(event) => {
            const hit = cellAt(event);
            if (hit) onOpen(hit.place.name);
          }}
        >
          {stacks.map((stack, bay) =>
            // The first bay of a line is named, and then one every so often.
            (bay % perLine) % Math.ceil(LABEL_EVERY / step) === 0 &&
            (bay % perLine) * step + LABEL_WIDTH <= Math.max(width, LABEL_WIDTH) ? (
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
          {cells.map((cell, index) => (
            <rect
              key={cell.place.name}
              data-at={index}
              data-shade={shade(cell.place)}
              data-scale={scale}
              className={classes.cell}
              rx={2}
              {...box(cell)}
            />
          ))}
          {focus ? <rect className={classes.focus} rx={3} {...box(focus)} /> : null}
        </svg>
      </div>
      <Text size="xs" c="dimmed" mih={20} className="numbers" aria-hidden>
        {shown ? say(shown.place) : ''}
      </Text>
    </div>
  );
}
