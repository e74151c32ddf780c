import { Group } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { ItemSelect } from '@/domain/stock/item-select';
import { useStockWords } from '@/i18n/stock';
import { SearchField } from '@/ui/filters';

const route = getRouteApi('/inside/w/$warehouse/stock');

/** By location or by item, in the address. */
export function WhereFilters() {
  const { where: words } = useStockWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  return (
    <Group gap="xs" role="search">
      <SearchField
        label={words.filterLocation}
        icon={IconMapPin}
        maxLength={64}
        value={search.location}
        onChange={(code) => change({ location: code?.toUpperCase() })}
      />
      <ItemSelect
        aria-label={words.filterItem}
        placeholder={words.anyItem}
        clearable
        style={{ flex: '1 1 14rem', maxWidth: '24rem' }}
        value={search.item ?? ''}
        onChange={(item) => change({ item: item?.id })}
      />
    </Group>
  );
}
