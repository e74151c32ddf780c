import { Button, Stack } from '@mantine/core';
import { IconFilterOff, IconPackages, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { itemListQuery } from '@/api/items';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { useMessages } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { LoadMore } from '@/ui/load-more';
import { Page } from '@/ui/page';
import { Loaded, Notice } from '@/ui/states';
import { ItemFilters } from './item-filters';
import { ItemTable } from './item-table';
import { NewItemDialog } from './new-item-dialog';

const route = getRouteApi('/inside/items/');

export function ItemsPage() {
  const words = useItemWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const [creating, setCreating] = useState(false);
  const search = route.useSearch();
  const query = useInfiniteQuery(itemListQuery(search));
  const all = query.data?.pages.flatMap((page) => page.entries);
  const isFiltered = Object.values(search).some(Boolean);
  const newItem = mayManage ? (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setCreating(true)}>
      {words.newItem}
    </Button>
  ) : null;
  const isEmpty = all?.length === 0 && !query.hasNextPage;
  return (
    <Page title={words.title} lead={words.lead} actions={isEmpty && !isFiltered ? null : newItem}>
      <Stack gap="sm">
        {isEmpty && !isFiltered ? null : <ItemFilters key={isFiltered ? 'used' : 'cleared'} />}
        <Loaded query={{ ...query, data: all }}>
          {(items) => {
            if (items.length > 0 || query.hasNextPage) return <ItemTable items={items} />;
            if (isFiltered) return <NothingMatches />;
            return (
              <Notice icon={IconPackages} title={words.emptyTitle} action={newItem}>
                {mayManage ? words.empty : words.emptyForReaders}
              </Notice>
            );
          }}
        </Loaded>
        <LoadMore query={query} />
      </Stack>
      {creating ? <NewItemDialog onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}

function NothingMatches() {
  const words = useItemWords();
  const { action } = useMessages();
  const navigate = route.useNavigate();
  return (
    <Notice
      icon={IconFilterOff}
      title={words.nothingTitle}
      action={
        <Button variant="default" onClick={() => void navigate({ search: {} })}>
          {action.clearFilters}
        </Button>
      }
    >
      {words.nothing}
    </Notice>
  );
}
