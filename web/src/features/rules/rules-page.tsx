import { Select, Tabs } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { warehouseListQuery } from '@/api/warehouses';
import { useRuleWords } from '@/i18n/rule-settings';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import { ReadOnlyNote } from './chosen-warehouse';
import { CostsForm } from './costs-form';
import { RuleList } from './rule-list';

const route = getRouteApi('/inside/rules');

export function RulesPage() {
  const words = useRuleWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(warehouseListQuery());
  const all = query.data?.pages.flatMap((page) => page.warehouses);
  return (
    <Loaded query={{ ...query, data: all }} page>
      {(warehouses) => {
        const chosen =
          warehouses.find((warehouse) => warehouse.id === search.warehouse) ?? warehouses[0];
        return (
          <Page
            title={words.title}
            lead={words.lead}
            actions={
              warehouses.length > 1 ? (
                <Select
                  aria-label={words.warehouse}
                  data={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
                  value={chosen?.id ?? null}
                  allowDeselect={false}
                  searchable={warehouses.length > 8}
                  onChange={(id) =>
                    void navigate({
                      search: (before) => ({ ...before, warehouse: id ?? undefined }),
                      replace: true,
                    })
                  }
                />
              ) : null
            }
          >
            <ReadOnlyNote warehouse={chosen} />
            {chosen ? (
              <Tabs
                value={search.view ?? 'rules'}
                onChange={(view) =>
                  void navigate({
                    search: (before) => ({
                      ...before,
                      view: view === 'costs' ? 'costs' : undefined,
                    }),
                    replace: true,
                  })
                }
                keepMounted={false}
              >
                <Tabs.List mb="md">
                  <Tabs.Tab value="rules">{words.rulesTab}</Tabs.Tab>
                  <Tabs.Tab value="costs">{words.costsTab}</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="rules">
                  <RuleList warehouse={chosen} />
                </Tabs.Panel>
                <Tabs.Panel value="costs">
                  <CostsForm key={chosen.id} warehouse={chosen} />
                </Tabs.Panel>
              </Tabs>
            ) : (
              <RuleList warehouse={undefined} />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}
