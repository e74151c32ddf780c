import { SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  ratesQuery,
  type ConsumptionFilter,
  type ConsumptionRates,
  type Rate,
} from '@/api/consumption';
import { quantityText } from '@/domain/stock/quantity';
import { useConsumptionWords } from '@/i18n/consumption';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Chart } from '@/ui/charts/chart';
import { Lines } from '@/ui/charts/lines';
import { SERIES_COLORS } from '@/ui/charts/series';
import { Fact } from '@/ui/fact';
import { TextLink } from '@/ui/link';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { Loaded } from '@/ui/states';
import { weeksOf } from './weeks';

interface RatesCardProps {
  warehouse: string | undefined;
  filter: Pick<ConsumptionFilter, 'item' | 'purpose' | 'from' | 'to'>;
  /** Whether it is left out where nothing was used. */
  quiet?: boolean;
}

/** How much of an item is used, or what is used for a purpose, per day and week. */
export function RatesCard({ warehouse, filter, quiet = false }: RatesCardProps) {
  const words = useConsumptionWords();
  const query = useQuery(ratesQuery(warehouse, filter));
  const [only] = query.data?.rates.length === 1 ? query.data.rates : [];
  const title = filter.item
    ? only
      ? words.ratesOf(only.item_name)
      : words.rates
    : words.ratesFor(filter.purpose ?? '');
  if (quiet && !only) return null;
  return (
    <Card title={title}>
      <Loaded query={query}>
        {(rates) => {
          if (rates.rates.length === 0) return <Text c="dimmed">{words.noRates}</Text>;
          const [one] = rates.rates;
          return (
            <Stack gap="sm">
              <Text size="sm" c="dimmed">
                {words.fromDays(rates.days)}
                {rates.too_little_data ? ` ${words.tooLittleData}` : null}
              </Text>
              {filter.item && one ? (
                <OfItem rate={one} rates={rates} />
              ) : (
                <RateTable label={title} rates={rates.rates} />
              )}
            </Stack>
          );
        }}
      </Loaded>
    </Card>
  );
}

function OfItem({ rate, rates }: { rate: Rate; rates: ConsumptionRates }) {
  const words = useConsumptionWords();
  const format = useFormat();
  const weeks = weeksOf(rates.first, rates.last, rate.by_day);
  const amount = (quantity: number) => quantityText(format, quantity, rate.unit);
  const rounded = (quantity: number) => `${format.number(quantity, 2)} ${rate.unit}`;
  return (
    <>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <Fact label={words.perDay} value={rounded(rate.per_day)} />
        <Fact label={words.perWeek} value={rounded(rate.per_week)} />
        <Fact
          label={words.total}
          value={amount(rate.quantity)}
          hint={words.entries(rate.entries)}
        />
        {rate.currency ? (
          <Fact label={words.value} value={format.money(Number(rate.value), rate.currency)} />
        ) : null}
      </SimpleGrid>
      {weeks.length > 1 ? (
        <Chart
          title={words.chart}
          head={[words.day, words.quantity]}
          rows={weeks
            .slice()
            .reverse()
            .map(({ start, quantity }) => [words.week(format.date(start)), amount(quantity)])}
        >
          <Lines
            label={words.chart}
            series={[{ key: 'used', label: words.total, color: SERIES_COLORS[0] }]}
            points={weeks.map(({ quantity }) => ({ values: { used: quantity } }))}
            moments={weeks.map(({ start }) => Date.parse(start))}
            ends={[format.date(weeks[0]?.start ?? rates.first), format.date(rates.last)]}
            show={(value) => format.number(value)}
          />
        </Chart>
      ) : null}
    </>
  );
}

function RateTable({ label, rates }: { label: string; rates: readonly Rate[] }) {
  const words = useConsumptionWords();
  const format = useFormat();
  return (
    <StackedTable
      label={label}
      head={
        <>
          <Table.Th>{words.item}</Table.Th>
          <Table.Th className={stacked.quantity}>{words.total}</Table.Th>
          <Table.Th className={stacked.quantity}>{words.perDay}</Table.Th>
          <Table.Th className={stacked.quantity}>{words.perWeek}</Table.Th>
        </>
      }
    >
      {rates.map((rate) => (
        <Table.Tr key={rate.item_id}>
          <Table.Th scope="row" className={stacked.name}>
            <TextLink
              to="/items/$itemId"
              params={{ itemId: rate.item_id }}
              underline="always"
              size="sm"
            >
              {rate.item_name}
            </TextLink>
          </Table.Th>
          <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
            {quantityText(format, rate.quantity, rate.unit)}
          </Table.Td>
          {([words.perDay, words.perWeek] as const).map((name, index) => (
            <Table.Td
              key={name}
              className={`${stacked.quantity} ${index === 1 ? stacked.end : ''} numbers`}
            >
              <span className={stacked.label}>{name}: </span>
              {`${format.number(index === 0 ? rate.per_day : rate.per_week, 2)} ${rate.unit}`}
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </StackedTable>
  );
}
