import { SimpleGrid, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { lowStockQuery, orderFiguresQuery, stockValueQuery } from '@/api/analytics';
import { mayReadCatalog, useCompanyRole } from '@/domain/access/company-role';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { Figure } from '@/ui/figure';

/** How the stock stands, for those who may see it: its value, what is low, which orders are late. */
export function StockCards({ warehouse }: { warehouse?: string }) {
  const role = useCompanyRole();
  return mayReadCatalog(role) ? (
    <Suspense fallback={<Skeleton height={92} />}>
      <Cards warehouse={warehouse} />
    </Suspense>
  ) : null;
}

function Cards({ warehouse }: { warehouse: string | undefined }) {
  const { cards: words, itemCount, orders } = useFigureWords();
  const format = useFormat();
  const filter = { warehouse_id: warehouse };
  const values = useQuery(stockValueQuery('warehouse', filter));
  const lows = useInfiniteQuery(lowStockQuery(warehouse));
  const orderFigures = useQuery(orderFiguresQuery('purchase', filter));
  // Home is about more than these: what cannot be read is left out here, and told on its own page.
  if (values.isError || lows.isError || orderFigures.isError) return null;
  const value = values.data;
  const low = lows.data?.pages[0];
  const late = orderFigures.data?.late;
  if (!value || !low || !late) return <Skeleton height={92} />;
  const worth = value.currencies[0];
  // Where nothing of the stock is kept here, there is nothing to say.
  if (!worth && low.entries.length === 0 && late.orders === 0) return null;
  const lowCount = format.number(low.entries.length);
  const search = warehouse ? { warehouse } : {};
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
      <Figure
        label={words.value}
        value={worth?.currency ? format.money(Number(worth.value), worth.currency) : '–'}
        hint={itemCount(worth?.items ?? 0)}
        link={{ to: '/analytics', search }}
      />
      <Figure
        label={words.low}
        value={low.next === null ? lowCount : words.atLeast(lowCount)}
        hint={low.entries.length > 0 ? words.lowHint : words.none}
        color={low.entries.length > 0 ? 'var(--mantine-color-orange-text)' : undefined}
        link={{ to: '/analytics/low-stock', search }}
      />
      <Figure
        label={words.late}
        value={format.number(late.orders)}
        hint={orders.type.purchase}
        color={late.orders > 0 ? 'var(--mantine-color-red-text)' : undefined}
        link={{ to: '/orders', search: { view: 'open', type: 'purchase', late: true } }}
      />
    </SimpleGrid>
  );
}
