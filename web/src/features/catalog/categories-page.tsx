import { Button, Stack } from '@mantine/core';
import { IconBinaryTree2, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { categoriesQuery, type Category } from '@/api/catalog';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { CatalogTabs } from '@/domain/catalog/catalog-tabs';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { useCatalogWords } from '@/i18n/catalog';
import { Card } from '@/ui/card';
import { Page } from '@/ui/page';
import { Loaded, Notice } from '@/ui/states';
import { ArchivedSwitch } from './archived-switch';
import { CategoryNameDialog, MoveCategoryDialog } from './category-dialogs';
import { CategoryTree } from './category-tree';
import { treeOf } from './tree';

const route = getRouteApi('/inside/items/categories');

/** What is being done: a new one below another or none, a new name, or another place. */
export type Doing =
  { what: 'add'; below: Category | null } | { what: 'rename' | 'move'; category: Category };

export function CategoriesPage() {
  const words = useCatalogWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const { archived = false } = route.useSearch();
  const navigate = route.useNavigate();
  const [doing, setDoing] = useState<Doing | null>(null);
  const query = useQuery(categoriesQuery());
  const close = () => setDoing(null);
  const add = mayManage ? (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      onClick={() => setDoing({ what: 'add', below: null })}
    >
      {words.category.add}
    </Button>
  ) : null;
  return (
    <Page
      title={words.tabs.categories}
      lead={words.category.lead}
      actions={
        query.data?.length === 0 ? null : (
          <>
            <ExportListButton list="categories" />
            {add}
          </>
        )
      }
    >
      <CatalogTabs />
      <Loaded query={query}>
        {(categories) =>
          categories.length === 0 ? (
            <Notice icon={IconBinaryTree2} title={words.category.emptyTitle} action={add}>
              {mayManage ? words.category.empty : words.category.emptyForReaders}
            </Notice>
          ) : (
            <Stack gap="sm">
              {categories.some((each) => each.archived) || archived ? (
                <ArchivedSwitch
                  shown={archived}
                  onChange={(shown) =>
                    void navigate({ search: { archived: shown }, replace: true })
                  }
                />
              ) : null}
              <Card>
                <CategoryTree
                  branches={treeOf(categories, archived)}
                  onDo={mayManage ? setDoing : undefined}
                />
              </Card>
            </Stack>
          )
        }
      </Loaded>
      {doing?.what === 'add' ? <CategoryNameDialog below={doing.below} onClose={close} /> : null}
      {doing?.what === 'rename' ? (
        <CategoryNameDialog below={null} category={doing.category} onClose={close} />
      ) : null}
      {doing?.what === 'move' ? (
        <MoveCategoryDialog
          category={doing.category}
          categories={query.data ?? []}
          onClose={close}
        />
      ) : null}
    </Page>
  );
}
