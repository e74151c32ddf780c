import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { categoriesQuery } from '@/api/catalog';
import { ITEM_STATUSES } from '@/api/items';
import { useItemWords } from '@/i18n/items';
import { useLateChange } from '@/ui/late-change';
import { categoryChoices } from './choices';

const route = getRouteApi('/inside/items/');

/** Text, status, category and low stock: all of it stands in the address. */
export function ItemFilters() {
  const words = useItemWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const categories = useQuery(categoriesQuery()).data ?? [];
  const [text, setText] = useState(search.q ?? '');
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const find = useLateChange((q: string) => change({ q: q.trim() || undefined }), 250);
  return (
    <Group gap="xs" role="search">
      <TextInput
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<IconSearch size={16} aria-hidden />}
        style={{ flex: '1 1 14rem', maxWidth: '24rem' }}
        maxLength={100}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
      />
      <Select
        aria-label={words.status}
        style={{ flex: '1 1 9rem', maxWidth: 180 }}
        allowDeselect={false}
        data={[
          { value: '', label: words.anyStatus },
          ...ITEM_STATUSES.map((value) => ({ value, label: words.statuses[value] })),
        ]}
        value={search.status ?? ''}
        onChange={(status) =>
          change({ status: ITEM_STATUSES.find((known) => known === status) ?? undefined })
        }
      />
      {categories.length > 0 || search.category ? (
        <Select
          aria-label={words.category}
          style={{ flex: '1 1 9rem', maxWidth: 240 }}
          allowDeselect={false}
          searchable={categories.length > 8}
          data={[
            { value: '', label: words.anyCategory },
            ...categoryChoices(categories, search.category),
          ]}
          value={search.category ?? ''}
          onChange={(category) => change({ category: category || undefined })}
        />
      ) : null}
      <Checkbox
        label={words.onlyLow}
        checked={search.low_stock ?? false}
        onChange={(event) => change({ low_stock: event.currentTarget.checked || undefined })}
      />
    </Group>
  );
}
