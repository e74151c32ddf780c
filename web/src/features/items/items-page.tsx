import { Button, Group, Stack } from '@mantine/core';
import { IconPackages, IconPlus, IconScan, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { itemListQuery } from '@/api/items';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { CatalogTabs } from '@/domain/catalog/catalog-tabs';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { useMessages } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { ButtonLink } from '@/ui/link';
import { isEmptyList, LoadedList } from '@/ui/loaded-list';
import { Page } from '@/ui/page';
import { NothingMatches, Notice } from '@/ui/states';
import { ItemFilters } from './item-filters';
import { ItemTable } from './item-table';
import { NewItemDialog } from './new-item-dialog';

const route = getRouteApi('/inside/items/');

export function ItemsPage() {
  const words = useItemWords();
  const { app } = useMessages();
  const mayManage = mayManageCatalog(useCompanyRole());
  const [creating, setCreating] = useState(false);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(itemListQuery(search));
  const isFiltered = Object.values(search).some(Boolean);
  const newItem = mayManage ? (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setCreating(true)}>
      {words.newItem}
    </Button>
  ) : null;
  const importing = mayManage ? (
    <ButtonLink
      to="/items/imports"
      variant="default"
      leftSection={<IconUpload size={18} aria-hidden />}
    >
      {words.import}
    </ButtonLink>
  ) : null;
  const isUnused = isEmptyList(query) && !isFiltered;
  const first = (
    <Group gap="xs" justify="center">
      {newItem}
      {importing}
    </Group>
  );
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <>
          <ButtonLink to="/scan" variant="default" leftSection={<IconScan size={18} aria-hidden />}>
            {app.scan}
          </ButtonLink>
          {isUnused ? null : (
            <>
              <ExportListButton list="items" filters={search} />
              {importing}
              {newItem}
            </>
          )}
        </>
      }
    >
      <CatalogTabs />
      <Stack gap="sm">
        {isUnused ? null : <ItemFilters />}
        <LoadedList
          query={query}
          empty={
            isFiltered ? (
              <NothingMatches
                title={words.nothingTitle}
                onClear={() => void navigate({ search: {} })}
              >
                {words.nothing}
              </NothingMatches>
            ) : (
              <Notice icon={IconPackages} title={words.emptyTitle} action={first}>
                {mayManage ? words.empty : words.emptyForReaders}
              </Notice>
            )
          }
        >
          {(items) => <ItemTable items={items} />}
        </LoadedList>
      </Stack>
      {creating ? <NewItemDialog onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}
