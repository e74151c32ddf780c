import { Badge, Text } from '@mantine/core';
import {
  IconBarcode,
  IconBox,
  IconCategory,
  IconFileInvoice,
  IconMapPin,
  IconPackage,
  IconPackages,
  IconTruck,
  type Icon,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { ResultType } from '@/api/search';
import { useFormat } from '@/i18n/i18n';
import { useSearchWords } from '@/i18n/search';
import type { Entry, EntryGroup } from './entries';
import { partsOf } from './parts';
import classes from './search.module.css';

const ICONS: Record<ResultType, Icon> = {
  item: IconPackages,
  kit: IconBox,
  category: IconCategory,
  supplier: IconTruck,
  order: IconFileInvoice,
  location: IconMapPin,
  pallet: IconPackage,
  stock_line: IconBarcode,
};

export const optionId = (list: string, position: number): string => `${list}-${position}`;

interface PaletteListProps {
  id: string;
  groups: readonly EntryGroup[];
  active: number;
  onOpen: (entry: Entry) => void;
}

/** The entries under their headings. The field keeps the focus, and says which one is meant. */
export function PaletteList({ id, groups, active, onOpen }: PaletteListProps) {
  const words = useSearchWords();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, groups]);
  const starts = groups.map((_, index) =>
    groups.slice(0, index).reduce((sum, { entries }) => sum + entries.length, 0),
  );
  return (
    <div ref={list} id={id} role="listbox" aria-label={words.results} className={classes.list}>
      {groups.map(({ name, entries }, group) => (
        <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
          <div id={`${id}-${name}`} className={classes.heading} role="presentation">
            {name === 'recent' || name === 'pages' || name === 'actions'
              ? words[name]
              : words.type[name]}
          </div>
          {entries.map((entry, index) => {
            const position = (starts[group] ?? 0) + index;
            const chosen = position === active;
            return (
              // The keyboard moves in the field, which names this as its active descendant.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={entry.key}
                id={optionId(id, position)}
                role="option"
                tabIndex={-1}
                aria-selected={chosen}
                className={classes.option}
                onClick={() => onOpen(entry)}
              >
                <Line entry={entry} />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function Line({ entry }: { entry: Entry }) {
  const words = useSearchWords();
  const format = useFormat();
  const Sign = entry.icon ?? (entry.type ? ICONS[entry.type] : IconPackages);
  const matched = entry.matched ?? [];
  const rangesOf = (...fields: string[]) =>
    matched.find(({ field }) => fields.includes(field))?.ranges ?? [];
  // Elsewhere than in what is shown anyway.
  const [why] = matched.filter(
    ({ field, text }) => field !== 'title' && text !== entry.code && text !== entry.title,
  );
  const { result } = entry;
  const place = result?.warehouse_name
    ? [
        result.subtitle,
        words.inWarehouse(result.warehouse_name),
        result.as_of ? words.asOf(format.ago(result.as_of)) : null,
      ]
        .filter(Boolean)
        .join(' · ')
    : result?.subtitle;
  return (
    <>
      <Sign size={20} stroke={1.6} aria-hidden className={classes.sign} />
      <span className={classes.texts}>
        <span className={classes.title}>
          <Marked
            text={entry.title}
            ranges={entry.title === entry.code ? rangesOf('code') : rangesOf('title')}
          />
        </span>
        {why ? (
          <Text span size="sm" c="dimmed" truncate className={classes.why}>
            {why.field === 'description' ? null : `${words.field_of[why.field] ?? why.field}: `}
            <Marked text={why.text} ranges={why.ranges} />
          </Text>
        ) : place ? (
          <Text span size="sm" c="dimmed" truncate className={classes.why}>
            {place}
          </Text>
        ) : null}
      </span>
      {result?.archived ? (
        <Badge variant="light" color="gray" size="sm">
          {words.archived}
        </Badge>
      ) : null}
      {entry.code && entry.code !== entry.title ? (
        <span className={`code ${classes.code}`}>
          <Marked text={entry.code} ranges={rangesOf('sku', 'number', 'code')} />
        </span>
      ) : null}
    </>
  );
}

function Marked({ text, ranges }: { text: string; ranges: readonly (readonly number[])[] }) {
  return partsOf(text, ranges).map((part, index) =>
    part.marked ? (
      <mark key={index} className={classes.mark}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
