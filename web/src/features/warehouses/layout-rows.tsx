import { ActionIcon, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import type { Pattern } from '@/domain/warehouses/patterns';
import { useMessages } from '@/i18n/i18n';
import type { DraftRow, RowField } from './layout-draft';
import classes from './layout-rows.module.css';
import { MatchPreview } from './match-preview';

interface LayoutRowsProps {
  rows: readonly DraftRow[];
  patterns: readonly (Pattern | null)[];
  errors: ReadonlyMap<number, ReadonlyMap<string, string>>;
  onChange: (index: number, changes: Partial<DraftRow>) => void;
  onMove: (index: number, by: -1 | 1) => void;
  onRemove: (index: number) => void;
}

/** Up to 5,000 rows: only those in sight are in the document. */
export function LayoutRows({
  rows,
  patterns,
  errors,
  onChange,
  onMove,
  onRemove,
}: LayoutRowsProps) {
  const { warehouses: words } = useMessages();
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: () => 68,
    overscan: 6,
  });
  const titles = [
    words.pattern,
    words.type,
    words.capacity,
    words.zone,
    words.allowed,
    words.notes,
  ];
  return (
    <div ref={scroll} className={classes.scroll} role="group" aria-label={words.layout}>
      <div className={`${classes.head} ${classes.columns}`} aria-hidden>
        <span />
        {titles.map((title) => (
          <Text key={title} span size="xs" fw={600}>
            {title}
          </Text>
        ))}
        <span />
      </div>
      <div className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row ? (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={classes.row}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <LayoutLine
                index={item.index}
                last={item.index === rows.length - 1}
                row={row}
                errors={errors.get(item.index)}
                {...{ onChange, onMove, onRemove }}
              />
              <MatchPreview index={item.index} text={row.location_pattern} patterns={patterns} />
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}

interface LayoutLineProps extends Pick<LayoutRowsProps, 'onChange' | 'onMove' | 'onRemove'> {
  index: number;
  last: boolean;
  row: DraftRow;
  errors: ReadonlyMap<string, string> | undefined;
}

const LayoutLine = memo(Line, (before, after) => {
  return (
    before.row === after.row &&
    before.index === after.index &&
    before.last === after.last &&
    before.errors === after.errors &&
    before.onChange === after.onChange
  );
});

function Line({ index, last, row, errors, onChange, onMove, onRemove }: LayoutLineProps) {
  const { warehouses: words, locationType } = useMessages();
  const text = (field: RowField, label: string) => ({
    'aria-label': words.inRow(label, index + 1),
    placeholder: label,
    size: 'sm' as const,
    value: row[field],
    error: errors?.get(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange(index, { [field]: event.currentTarget.value }),
  });
  const known = Object.entries(locationType).map(([value, label]) => ({ value, label }));
  const types = row.location_type in locationType ? known : [...known, row.location_type];
  return (
    <div className={classes.columns}>
      <Text span size="sm" c="dimmed" className="numbers" ta="right">
        {index + 1}
      </Text>
      <TextInput
        {...text('location_pattern', words.pattern)}
        classNames={{ input: 'code' }}
        spellCheck={false}
      />
      {/* It brings a hidden field along, which must not count as a cell of the grid. */}
      <div>
        <Select
          size="sm"
          aria-label={words.inRow(words.type, index + 1)}
          allowDeselect={false}
          data={types}
          value={row.location_type}
          error={errors?.get('location_type')}
          onChange={(type) => onChange(index, { location_type: type ?? row.location_type })}
        />
      </div>
      <NumberInput
        size="sm"
        aria-label={words.inRow(words.capacity, index + 1)}
        placeholder={words.capacity}
        hideControls
        min={0}
        max={1_000_000}
        allowDecimal={false}
        allowNegative={false}
        value={row.capacity}
        error={errors?.get('capacity')}
        onChange={(value) => onChange(index, { capacity: typeof value === 'number' ? value : '' })}
      />
      <TextInput {...text('zone', words.zone)} />
      <TextInput {...text('allowed_description', words.allowed)} />
      <TextInput {...text('notes', words.notes)} />
      <Group gap={2} wrap="nowrap">
        <RowAction
          label={words.moveUp(index + 1)}
          sign={IconArrowUp}
          disabled={index === 0}
          onClick={() => onMove(index, -1)}
        />
        <RowAction
          label={words.moveDown(index + 1)}
          sign={IconArrowDown}
          disabled={last}
          onClick={() => onMove(index, 1)}
        />
        <RowAction
          label={words.removeRow(index + 1)}
          sign={IconTrash}
          onClick={() => onRemove(index)}
        />
      </Group>
    </div>
  );
}

function RowAction({
  label,
  sign: Sign,
  disabled = false,
  onClick,
}: {
  label: string;
  sign: typeof IconTrash;
  disabled?: boolean;
  onClick: () => void;
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Sign size={16} aria-hidden />
    </ActionIcon>
  );
}
