import { Checkbox, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Anomaly } from '@/api/anomalies';
import { useMessages } from '@/i18n/i18n';
import type { Row } from './arrange';
import { AnomalyRow, GroupRow } from './anomaly-row';
import classes from './anomaly-table.module.css';
import type { ChangeSelection, Selection, Sort } from './selection';

interface AnomalyTableProps {
  rows: readonly Row[];
  selection: Selection;
  onChange: ChangeSelection;
  picked: ReadonlySet<string>;
  /** Without it nothing can be selected. */
  onPick?: ((anomalies: readonly Anomaly[], picked: boolean) => void) | undefined;
  folded: ReadonlySet<string>;
  onFold: (key: string) => void;
  /** Called when the end comes into sight. */
  onEnd: () => void;
}

/** Only what is in sight is in the document; the page itself scrolls. */
export function AnomalyTable(props: AnomalyTableProps) {
  const { rows, selection, onChange, picked, onPick, folded, onFold, onEnd } = props;
  const { anomalies: words } = useMessages();
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const empty = rows.length === 0;
  useLayoutEffect(() => {
    const place = list.current?.getBoundingClientRect();
    if (place) setTop(place.top + window.scrollY);
  }, [narrow, empty]);

  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? 40 : narrow ? 112 : 54),
    overscan: 12,
    scrollMargin: top,
    scrollPaddingStart: 120,
    scrollPaddingEnd: 80,
  });
  useEffect(() => virtual.measure(), [virtual, narrow]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 15) onEnd();
  }, [last, rows.length, onEnd]);

  /** Arrow keys go from row to row, also to those that are not in the document yet. */
  function walk(event: KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (!step || !row) return;
    let next = Number(row.dataset.index) + step;
    while (rows[next]?.kind === 'group') next += step;
    if (!rows[next]) return;
    event.preventDefault();
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-index="${next}"] [data-open]`)?.focus(),
    );
  }

  const shown = rows.flatMap((row) => (row.kind === 'anomaly' ? [row.anomaly] : []));
  const pickedHere = shown.filter((anomaly) => picked.has(anomaly.id)).length;

  return (
    // Keys are handled where they bubble up to; what takes the focus are the buttons in the rows.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="table"
      aria-label={words.rows}
      aria-rowcount={rows.length + 1}
      className={classes.table}
      data-fixed={onPick ? undefined : true}
      onKeyDown={walk}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.columns}>
          {onPick ? (
            <span role="columnheader" className={classes.check}>
              <Checkbox
                size="xs"
                aria-label={words.selectAll}
                checked={pickedHere > 0 && pickedHere === shown.length}
                indeterminate={pickedHere > 0 && pickedHere < shown.length}
                onChange={(event) => onPick(shown, event.currentTarget.checked)}
              />
            </span>
          ) : null}
          <SortHeader name="urgency" label={words.priority} {...{ selection, onChange }} />
          <SortHeader name="rule" label={words.what} {...{ selection, onChange }} />
          <SortHeader name="subject" label={words.subject} {...{ selection, onChange }} />
          <SortHeader name="location" label={words.location} {...{ selection, onChange }} />
          <SortHeader name="pallets" label={words.pallets} {...{ selection, onChange }} />
          <SortHeader name="status" label={words.status} {...{ selection, onChange }} />
        </div>
      </div>
      <div
        role="rowgroup"
        ref={list}
        className={classes.body}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const place = {
            index: item.index,
            style: {
              height: item.size,
              transform: `translateY(${item.start - virtual.options.scrollMargin}px)`,
            },
          };
          return row.kind === 'group' ? (
            <GroupRow
              key={`group ${row.key}`}
              place={place}
              by={selection.group}
              name={row.key}
              count={row.count}
              folded={folded.has(row.key)}
              onFold={() => onFold(row.key)}
            />
          ) : (
            <AnomalyRow
              key={row.anomaly.id}
              place={place}
              anomaly={row.anomaly}
              current={row.anomaly.id === selection.anomaly}
              picked={picked.has(row.anomaly.id)}
              onPick={onPick && ((checked) => onPick([row.anomaly], checked))}
              onOpen={() => onChange({ anomaly: row.anomaly.id })}
            />
          );
        })}
      </div>
    </div>
  );
}

interface SortHeaderProps {
  name: Sort;
  label: string;
  selection: Selection;
  onChange: ChangeSelection;
}

function SortHeader({ name, label, selection, onChange }: SortHeaderProps) {
  const { anomalies: words } = useMessages();
  const active = (selection.sort ?? 'urgency') === name;
  const desc = Boolean(selection.desc);
  const Arrow = desc ? IconChevronDown : IconChevronUp;
  return (
    <span
      role="columnheader"
      data-column={name}
      className={classes.cell}
      aria-sort={active ? (desc ? 'descending' : 'ascending') : 'none'}
    >
      <UnstyledButton
        className={classes.sort}
        onClick={() =>
          onChange({
            sort: name === 'urgency' ? undefined : name,
            desc: active && !desc ? true : undefined,
          })
        }
      >
        <Text span size="xs" fw={600}>
          <VisuallyHidden>{words.sortBy(label)}</VisuallyHidden>
          <span aria-hidden>{label}</span>
        </Text>
        <Arrow size={14} aria-hidden className={classes.arrow} data-active={active || undefined} />
      </UnstyledButton>
    </span>
  );
}
