import { Checkbox, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { suppliersQuery } from '@/api/catalog';
import { ORDER_TYPES } from '@/api/orders';
import { useOrderWords } from '@/i18n/orders';
import { FilterSelect, SearchField } from '@/ui/filters';

const route = getRouteApi('/inside/orders/');

/** Number, type, supplier and lateness: all of it stands in the address. */
export function OrderFilters() {
  const words = useOrderWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const suppliers = useQuery(suppliersQuery()).data ?? [];
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  return (
    <Group gap="xs" role="search">
      <SearchField
        label={words.search}
        placeholder={words.searchHint}
        maxLength={40}
        value={search.q}
        onChange={(q) => change({ q })}
      />
      <FilterSelect
        label={words.kind}
        any={words.anyType}
        choices={ORDER_TYPES.map((value) => ({ value, label: words.type[value] }))}
        value={search.type}
        onChange={(type) => change({ type })}
      />
      {suppliers.length > 0 ? (
        <FilterSelect
          label={words.supplier}
          any={words.anySupplier}
          choices={suppliers.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.supplier}
          onChange={(supplier) => change({ supplier })}
        />
      ) : null}
      <Checkbox
        label={words.onlyLate}
        checked={search.late ?? false}
        onChange={(event) => change({ late: event.currentTarget.checked || undefined })}
      />
    </Group>
  );
}
