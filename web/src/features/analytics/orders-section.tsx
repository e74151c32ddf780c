import { SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { orderFiguresQuery, type OrderFigures } from '@/api/analytics';
import { ORDER_TYPES } from '@/api/orders';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Card } from '@/ui/card';
import { Chart } from '@/ui/charts/chart';
import { Columns } from '@/ui/charts/columns';
import { Meters } from '@/ui/charts/meters';
import { SERIES_COLORS } from '@/ui/charts/series';
import { Figure } from '@/ui/figure';
import { Loaded, Notice } from '@/ui/states';
import { AsOf, FigureFilters } from './figure-filters';
import { useFigures, useWorth } from './use-figures';

/** How many orders there are, open, late, and placed in each month. */
export function OrdersSection() {
  const words = useFigureWords();
  const { search, filter, change } = useFigures();
  const type = search.type ?? 'purchase';
  const query = useQuery(orderFiguresQuery(type, filter));
  return (
    <Stack gap="md">
      <Text c="dimmed">{words.orders.lead}</Text>
      <FigureFilters currencies={query.data?.currencies ?? []}>
        <SegmentedControl
          aria-label={words.section.orders}
          data={ORDER_TYPES.map((value) => ({ value, label: words.orders.type[value] }))}
          value={type}
          onChange={(chosen) => change({ type: ORDER_TYPES.find((known) => known === chosen) })}
        />
      </FigureFilters>
      <Loaded query={query}>
        {(figures) =>
          figures.statuses.length > 0 ? (
            <OrdersView figures={figures} />
          ) : (
            <Notice title={words.suppliers.nothing} />
          )
        }
      </Loaded>
    </Stack>
  );
}

function OrdersView({ figures }: { figures: OrderFigures }) {
  const { orders: words } = useFigureWords();
  const money = useWorth(figures.currency);
  const { type } = figures;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <Figure
          label={words.open}
          value={money(figures.open.value)}
          hint={words.count(figures.open.orders)}
          link={{ to: '/orders', search: { view: 'open', type } }}
        />
        <Figure
          label={words.late}
          value={money(figures.late.value)}
          hint={words.count(figures.late.orders)}
          color={figures.late.orders > 0 ? 'var(--mantine-color-red-text)' : undefined}
          link={{ to: '/orders', search: { view: 'open', type, late: true } }}
        />
      </SimpleGrid>
      {figures.months.length > 0 ? (
        <Card>
          <Months figures={figures} />
        </Card>
      ) : null}
      <Card>
        <Statuses figures={figures} />
      </Card>
      <AsOf at={figures.as_of} />
    </>
  );
}

function Months({ figures }: { figures: OrderFigures }) {
  const { orders: words, section, value } = useFigureWords();
  const format = useFormat();
  const money = useWorth(figures.currency);
  return (
    <Chart
      title={words.months}
      order={2}
      head={[words.month, section.orders, words.completedOf, value]}
      rows={figures.months.map((month) => [
        format.month(month.month),
        format.number(month.orders),
        format.number(month.completed),
        money(month.value),
      ])}
    >
      <Columns
        label={words.months}
        series={[{ key: 'orders', label: section.orders, color: SERIES_COLORS[0] }]}
        points={figures.months.map((month) => ({
          key: month.month,
          foot: format.shortMonth(month.month),
          title: `${format.month(month.month)}: ${words.count(month.orders)}, ${money(month.value)}`,
          values: { orders: month.orders },
          link: { to: '/orders', search: { view: 'all', type: figures.type } },
        }))}
      />
    </Chart>
  );
}

function Statuses({ figures }: { figures: OrderFigures }) {
  const { orders: words, section, value } = useFigureWords();
  const { statuses } = useOrderWords();
  const format = useFormat();
  const money = useWorth(figures.currency);
  const most = Math.max(1, ...figures.statuses.map((each) => each.orders));
  return (
    <Chart
      title={words.statuses}
      order={2}
      head={[words.status, section.orders, value]}
      rows={figures.statuses.map((each) => [
        statuses[each.status],
        format.number(each.orders),
        money(each.value),
      ])}
    >
      <Meters
        label={words.statuses}
        meters={figures.statuses.map((each) => ({
          key: each.status,
          label: statuses[each.status],
          hint: money(each.value),
          share: each.orders / most,
          value: format.number(each.orders),
        }))}
      />
    </Chart>
  );
}
