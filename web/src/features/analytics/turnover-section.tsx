import { Group, Text } from '@mantine/core';
import { turnoverQuery, type TurnoverList } from '@/api/analytics';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { FigureTable, ItemName } from './figure-table';
import { RankedSection } from './ranked-section';
import { useFigures, useWorth } from './use-figures';

/** How often the stock turns over: of all, and of each item. */
export function TurnoverSection() {
  const words = useFigureWords();
  const { listFilter } = useFigures();
  return (
    <RankedSection
      lead={words.turnover.lead}
      usual="365"
      query={turnoverQuery(listFilter)}
      summary={(whole) => <Together whole={whole} />}
      table={(rows, whole) => <TurnoverTable rows={rows} currency={whole.currency} />}
    />
  );
}

interface Turned {
  turnover: number | null;
  days_of_stock: number | null;
}

function useRates() {
  const { turnover: words } = useFigureWords();
  const format = useFormat();
  return {
    rate: ({ turnover }: Turned) =>
      turnover === null ? '–' : words.rateOf(format.number(turnover, 2)),
    lasts: ({ days_of_stock: days }: Turned) =>
      days === null ? '–' : words.lastsDays(format.number(days, 0)),
  };
}

function Together({ whole }: { whole: TurnoverList }) {
  const { turnover: words } = useFigureWords();
  const money = useWorth(whole.currency);
  const { rate, lasts } = useRates();
  const figures = [
    [words.rate, rate(whole)],
    [words.lasts, lasts(whole)],
    [words.used, money(whole.used)],
    [words.average, money(whole.average)],
  ];
  return (
    <Card title={words.whole}>
      <Group component="dl" m={0} gap="xl">
        {figures.map(([name, figure]) => (
          <div key={name}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <Text component="dd" m={0} fw={650} fz="lg" className="numbers">
              {figure}
            </Text>
          </div>
        ))}
      </Group>
    </Card>
  );
}

interface TurnoverTableProps {
  rows: readonly TurnoverList['items'][number][];
  currency: string | null;
}

function TurnoverTable({ rows, currency }: TurnoverTableProps) {
  const words = useFigureWords();
  const money = useWorth(currency);
  const { rate, lasts } = useRates();
  return (
    <FigureTable
      label={words.section.turnover}
      head={words.item}
      rows={rows}
      keyOf={(row) => row.item_id}
      name={(row) => <ItemName item={row} />}
      columns={[
        { name: words.turnover.rate, cell: rate },
        { name: words.turnover.lasts, cell: lasts },
        { name: words.turnover.used, cell: (row) => money(row.used) },
        { name: words.turnover.average, cell: (row) => money(row.average) },
      ]}
    />
  );
}
