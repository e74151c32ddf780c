import { Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ConsumptionFilter } from '@/api/consumption';
import { itemQuery } from '@/api/items';
import { ItemSelect } from '@/domain/stock/item-select';
import { useConsumptionWords } from '@/i18n/consumption';
import { useKitWords } from '@/i18n/kits';
import { useTypedFilter } from '@/ui/typed-filter';

const route = getRouteApi('/inside/items/consumption');
const TEXTS = ['purpose', 'person'] as const;

/** Item, purpose, person and days: all of it stands in the address. */
export function ConsumptionFilters() {
  const words = useConsumptionWords();
  const kits = useKitWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const item = useQuery({ ...itemQuery(search.item ?? ''), enabled: Boolean(search.item) }).data;
  const change = (changes: ConsumptionFilter) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const typed = {
    purpose: useTypedFilter(search.purpose, (purpose) => change({ purpose })),
    person: useTypedFilter(search.person, (person) => change({ person })),
  };
  return (
    <Group gap="xs" align="flex-end" role="search" aria-label={words.filters}>
      <ItemSelect
        label={words.item}
        placeholder={item && search.item === item.id ? item.name : kits.findItem}
        nothingFoundMessage={kits.nothingFound}
        style={{ flex: '1 1 12rem', maxWidth: 280 }}
        clearable
        value={search.item ?? ''}
        onChange={(chosen) => change({ item: chosen?.id })}
      />
      {TEXTS.map((name) => (
        <TextInput
          key={name}
          label={words[name]}
          placeholder={words.anything}
          style={{ flex: '1 1 9rem', maxWidth: 200 }}
          maxLength={100}
          autoComplete="off"
          {...typed[name]}
        />
      ))}
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          label={words[name]}
          style={{ flex: '1 1 8rem', maxWidth: 170 }}
          value={search[name] ?? ''}
          onChange={(event) => change({ [name]: event.currentTarget.value || undefined })}
        />
      ))}
    </Group>
  );
}
