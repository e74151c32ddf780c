import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { itemListQuery, type ItemSummary } from '@/api/items';

interface ItemSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  value: string;
  onChange: (item: ItemSummary | null) => void;
}

/** Finds an item by a part of its name or SKU: there may be more of them than a list can show. */
export function ItemSelect({ value, onChange, ...rest }: ItemSelectProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ItemSummary | null>(null);
  const label = chosen ? labelOf(chosen) : '';
  const [q] = useDebouncedValue(text === label ? '' : text.trim(), 250);
  const query = useInfiniteQuery(itemListQuery({ q: q || undefined }, 20));
  const found = (query.data?.pages.flatMap((page) => page.entries) ?? []).filter(
    ({ status }) => status !== 'archived',
  );
  const known = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select
      searchable
      autoComplete="off"
      searchValue={text}
      onSearchChange={setText}
      // The service has searched already, and knows the codes, too.
      filter={({ options }) => options}
      data={known.map((item) => ({ value: item.id, label: labelOf(item) }))}
      value={value || null}
      onChange={(id) => {
        const item = known.find((each) => each.id === id) ?? null;
        setChosen(item);
        onChange(item);
      }}
      {...rest}
    />
  );
}

const labelOf = ({ name, sku }: ItemSummary): string => `${name} · ${sku}`;
