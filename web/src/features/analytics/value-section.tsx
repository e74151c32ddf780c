import { SegmentedControl, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { GROUPINGS, stockValueQuery, type Grouping, type StockValue } from '@/api/analytics';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Chart } from '@/ui/charts/chart';
import { Lines } from '@/ui/charts/lines';
import { Meters } from '@/ui/charts/meters';
import { SERIES_COLORS } from '@/ui/charts/series';
import { Loaded, Notice } from '@/ui/states';
import { AsOf, FigureFilters } from './figure-filters';
import { useFigures, useWorth } from './use-figures';

/** What the stock is worth: now, over time, and by what it is grouped. */
export function ValueSection() {
  const words = useFigureWords();
  const { search, filter, change } = useFigures();
  const by = search.by ?? 'warehouse';
  const query = useQuery(stockValueQuery(by, filter));
  return (
    <Stack gap="md">
      <Text c="dimmed">{words.stock.lead}</Text>
      <FigureFilters currencies={query.data?.currencies.map(({ currency }) => currency) ?? []}>
        <SegmentedControl
          aria-label={words.stock.by}
          data={GROUPINGS.map((value) => ({ value, label: words.stock.grouping[value] }))}
          value={by}
          onChange={(chosen) => change({ by: GROUPINGS.find((known) => known === chosen) })}
        />
      </FigureFilters>
      <Loaded query={query}>
        {(value) =>
          value.currencies.length > 0 ? (
            <ValueView value={value} by={by} />
          ) : (
            <Notice title={words.nothing} />
          )
        }
      </Loaded>
    </Stack>
  );
}

function ValueView({ value, by }: { value: StockValue; by: Grouping }) {
  const words = useFigureWords();
  const money = useWorth(value.currency);
  const now = value.currencies.find(({ currency }) => currency === value.currency);
  return (
    <>
      <Card>
        <Text size="sm" c="dimmed" fw={500}>
          {words.stock.total}
        </Text>
        <Title order={2} size="h1" className="numbers">
          {money(now?.value ?? '0')}
        </Title>
        <Text size="sm" c="dimmed">
          {words.itemCount(now?.items ?? 0)}
        </Text>
        <AsOf at={value.as_of} />
      </Card>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" style={{ alignItems: 'start' }}>
        <Card>
          <Groups value={value} by={by} />
        </Card>
        {value.history.length > 1 ? (
          <Card>
            <History value={value} />
          </Card>
        ) : null}
      </SimpleGrid>
    </>
  );
}

function Groups({ value, by }: { value: StockValue; by: Grouping }) {
  const { stock, value: worthWord, items, share, itemCount } = useFigureWords();
  const format = useFormat();
  const money = useWorth(value.currency);
  const title = `${worthWord}: ${stock.grouping[by]}`;
  const groups = value.groups.map((group) => ({
    ...group,
    label: group.id === null ? stock.none[by] : (group.name ?? stock.unknown),
  }));
  const most = Math.max(1, ...groups.map((group) => Number(group.value)));
  return (
    <Chart
      title={title}
      order={2}
      lead={value.next_cursor ? stock.more : undefined}
      head={[stock.grouping[by], worthWord, share, items]}
      rows={groups.map((group) => [
        group.label,
        money(group.value),
        group.share === null ? '–' : format.percent(group.share),
        format.number(group.items),
      ])}
    >
      <Meters
        label={title}
        meters={groups.map((group) => ({
          key: group.id ?? '',
          label: group.label,
          hint: itemCount(group.items),
          share: Number(group.value) / most,
          value: money(group.value),
        }))}
      />
    </Chart>
  );
}

function History({ value }: { value: StockValue }) {
  const { stock, value: worthWord } = useFigureWords();
  const format = useFormat();
  const money = useWorth(value.currency);
  const days = value.history;
  return (
    <Chart
      title={stock.history}
      lead={stock.historyLead}
      order={2}
      head={[stock.day, worthWord]}
      rows={days
        .slice()
        .reverse()
        .map((day) => [format.date(day.day), money(day.value)])}
    >
      <Lines
        label={stock.history}
        series={[{ key: 'value', label: worthWord, color: SERIES_COLORS[0] }]}
        marked={false}
        points={days.map((day) => ({ values: { value: Number(day.value) } }))}
        moments={days.map(({ day }) => Date.parse(day))}
        ends={[format.date(days[0]?.day ?? ''), format.date(days.at(-1)?.day ?? '')]}
        show={(amount) => money(`${amount}`)}
      />
    </Chart>
  );
}
