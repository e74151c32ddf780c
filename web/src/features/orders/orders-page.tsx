import { Button, Stack } from '@mantine/core';
import { IconPlus, IconShoppingCart, IconTrendingDown } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { orderListQuery, ORDER_VIEWS, type OrderStage } from '@/api/orders';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { OrderTable } from '@/domain/orders/order-table';
import { useOrderWords } from '@/i18n/orders';
import { Card } from '@/ui/card';
import { ButtonLink, TextLink } from '@/ui/link';
import { LoadedList } from '@/ui/loaded-list';
import { Page } from '@/ui/page';
import sections from '@/ui/section-links.module.css';
import { NothingMatches, Notice } from '@/ui/states';
import { NewOrderDialog } from './new-order-dialog';
import { OrderFilters } from './order-filters';

const route = getRouteApi('/inside/orders/');

const STATUSES = { draft: 'draft', open: 'open', done: 'completed', all: undefined } as const;

/** Drafts, what is open, what is done, and all of it. */
export function OrdersPage() {
  const words = useOrderWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const [creating, setCreating] = useState(false);
  const { view = 'open', type, supplier, item, q, late } = route.useSearch();
  const filter = { type, supplier_id: supplier, item_id: item, q, late, status: STATUSES[view] };
  const query = useInfiniteQuery(orderListQuery(filter));
  const navigate = route.useNavigate();
  const isFiltered = [type, supplier, item, q, late].some(Boolean);
  const newOrder = mayManage ? (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setCreating(true)}>
      {words.newOrder}
    </Button>
  ) : null;
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <>
          <ButtonLink
            to="/analytics/low-stock"
            variant="default"
            leftSection={<IconTrendingDown size={18} aria-hidden />}
          >
            {words.low}
          </ButtonLink>
          <ExportListButton
            list="orders"
            filters={{ type, order_status: STATUSES[view], supplier, item_id: item, q, late }}
          />
          {newOrder}
        </>
      }
    >
      <Views />
      <Stack gap="sm">
        <OrderFilters />
        <LoadedList
          query={query}
          empty={
            isFiltered || view !== 'all' ? (
              <NothingMatches
                title={words.nothingTitle}
                onClear={() => void navigate({ search: { view: 'all' } })}
              >
                {words.nothing}
              </NothingMatches>
            ) : (
              <Notice icon={IconShoppingCart} title={words.emptyTitle} action={newOrder}>
                {mayManage ? words.empty : words.emptyForReaders}
              </Notice>
            )
          }
        >
          {(orders) => (
            <Card p={0}>
              <OrderTable orders={orders} label={words.title} inset />
            </Card>
          )}
        </LoadedList>
      </Stack>
      {creating ? <NewOrderDialog onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}

/** They look like tabs and are addresses. */
function Views() {
  const words = useOrderWords();
  const search = route.useSearch();
  const current: OrderStage = search.view ?? 'open';
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is longer than the screen.
    const shown = row.current?.querySelector('[aria-current]');
    shown?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [current]);
  return (
    <nav aria-label={words.views} className={sections.sections} ref={row}>
      {ORDER_VIEWS.map((view) => (
        <TextLink
          key={view}
          to="/orders"
          search={{ ...search, view }}
          className={sections.section}
          underline="never"
          c="inherit"
          aria-current={view === current ? 'page' : undefined}
          data-status={view === current ? 'active' : undefined}
        >
          {words.view[view]}
        </TextLink>
      ))}
    </nav>
  );
}
