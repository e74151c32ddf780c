import { Checkbox, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { categoriesQuery } from '@/api/catalog';
import { ITEM_STATUSES } from '@/api/items';
import { useItemWords } from '@/i18n/items';
import { FilterSelect, SearchField } from '@/ui/filters';
import { categoryChoices } from './choices';

const route = getRouteApi('/inside/items/');

/** Text, status, category and low stock: all of it stands in the address. */
export function ItemFilters() {
  const words = useItemWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const categories = useQuery(categoriesQuery()).data ?? [];
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  return (
    <Group gap="xs" role="search">
      <SearchField
        label={words.search}
        maxLength={100}
        value={search.q}
        onChange={(q) => change({ q })}
      />
      <FilterSelect
        label={words.status}
        any={words.anyStatus}
        choices={ITEM_STATUSES.map((value) => ({ value, label: words.statuses[value] }))}
        value={search.status}
        onChange={(status) => change({ status })}
      />
      {categories.length > 0 || search.category ? (
        <FilterSelect
          label={words.category}
          any={words.anyCategory}
          choices={categoryChoices(categories, search.category)}
          value={search.category}
          onChange={(category) => change({ category })}
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
