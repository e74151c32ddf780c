import { Text } from '@mantine/core';
import { consumptionQuery, type ConsumptionFigures, type UseOfItem } from '@/api/analytics';
import { quantityText } from '@/domain/stock/quantity';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Chart } from '@/ui/charts/chart';
import { Meters } from '@/ui/charts/meters';
import { FigureTable, ItemName } from './figure-table';
import { RankedSection } from './ranked-section';
import { useFigures, useWorth } from './use-figures';

const USUAL = '90';

/** What left for good, and what for. */
export function ConsumptionSection() {
  const words = useFigureWords();
  const { listFilter } = useFigures(USUAL);
  return (
    <RankedSection
      lead={words.consumption.lead}
      usual={USUAL}
      query={consumptionQuery(listFilter)}
      summary={(whole) => (whole.uses.length > 0 ? <Uses whole={whole} /> : null)}
      table={(rows, whole) => <ConsumptionTable rows={rows} currency={whole.currency} />}
    />
  );
}

function useUseName() {
  const { consumption: words } = useFigureWords();
  return ({ use, purpose }: Pick<UseOfItem, 'use' | 'purpose'>) =>
    purpose ? words.forPurpose(words.use[use], purpose) : words.use[use];
}

function Uses({ whole }: { whole: ConsumptionFigures }) {
  const { consumption: words, items, itemCount } = useFigureWords();
  const format = useFormat();
  const money = useWorth(whole.currency);
  const nameOf = useUseName();
  const uses = whole.uses.slice().sort((a, b) => Number(b.value) - Number(a.value));
  const most = Math.max(1, ...uses.map((each) => Number(each.value)));
  return (
    <Card>
      <Chart
        title={words.chart}
        order={2}
        head={[words.chart, items, words.cost]}
        rows={uses.map((each) => [nameOf(each), format.number(each.items), money(each.value)])}
      >
        <Meters
          label={words.chart}
          meters={uses.map((each) => ({
            key: nameOf(each),
            label: nameOf(each),
            hint: itemCount(each.items),
            share: Number(each.value) / most,
            value: money(each.value),
          }))}
        />
      </Chart>
      {whole.further_uses > 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {words.further(whole.further_uses)}
        </Text>
      ) : null}
    </Card>
  );
}

interface ConsumptionTableProps {
  rows: readonly ConsumptionFigures['items'][number][];
  currency: string | null;
}

function ConsumptionTable({ rows, currency }: ConsumptionTableProps) {
  const words = useFigureWords();
  const format = useFormat();
  const money = useWorth(currency);
  const nameOf = useUseName();
  return (
    <FigureTable
      label={words.section.consumption}
      head={words.item}
      rows={rows}
      keyOf={(row) => row.item_id}
      name={(row) => (
        <>
          <ItemName item={row} />
          <Text span size="xs" c="dimmed" fw={400} display="block">
            {[
              ...row.uses.map(nameOf),
              ...(row.further_uses > 0 ? [words.consumption.further(row.further_uses)] : []),
            ].join(', ')}
          </Text>
        </>
      )}
      columns={[
        { name: words.quantity, cell: (row) => quantityText(format, row.quantity, row.unit ?? '') },
        { name: words.consumption.perDay, cell: (row) => format.number(row.per_day, 2) },
        { name: words.consumption.perWeek, cell: (row) => format.number(row.per_week, 1) },
        { name: words.consumption.cost, cell: (row) => money(row.value) },
      ]}
    />
  );
}
