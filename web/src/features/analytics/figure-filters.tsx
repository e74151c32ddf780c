import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PERIODS, type Period } from '@/api/analytics';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { useFigures } from './use-figures';

interface FigureFiltersProps {
  /** The currencies that there are figures in; null for what names none. */
  currencies?: readonly (string | null)[];
  /** The period that is meant where none is chosen; no periods without it. */
  usual?: Period;
  /** What only these figures have. */
  children?: ReactNode;
}

/** Warehouse, period and currency: all of it stands in the address. */
export function FigureFilters({ currencies = [], usual, children }: FigureFiltersProps) {
  const words = useFigureWords();
  const warehouses = useWarehouses();
  const { search, change } = useFigures();
  const known = currencies.filter((currency) => currency !== null);
  return (
    <Group gap="xs">
      {warehouses.length > 1 ? (
        <Select
          aria-label={words.warehouse}
          style={{ flex: '1 1 10rem', maxWidth: 240 }}
          allowDeselect={false}
          searchable={warehouses.length > 8}
          data={[
            { value: '', label: words.allWarehouses },
            ...warehouses.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={search.warehouse ?? ''}
          onChange={(warehouse) => change({ warehouse: warehouse || undefined })}
        />
      ) : null}
      {usual ? (
        <SegmentedControl
          aria-label={words.period}
          data={PERIODS.map((value) => ({ value, label: words.days[value] }))}
          value={search.days ?? usual}
          onChange={(days) => change({ days: PERIODS.find((known) => known === days) })}
        />
      ) : null}
      {children}
      {known.length > 1 ? (
        <Select
          aria-label={words.currency}
          w={110}
          allowDeselect={false}
          data={known}
          value={search.currency ?? known[0] ?? null}
          onChange={(currency) => change({ currency: currency ?? undefined })}
        />
      ) : null}
    </Group>
  );
}

/** Of when the figures are. */
export function AsOf({ at }: { at: string | null }) {
  const words = useFigureWords();
  const format = useFormat();
  return at ? (
    <Text size="xs" c="dimmed">
      {words.asOf(format.dateTime(at))}
    </Text>
  ) : null;
}
