import { Select } from '@mantine/core';
import { IDLE_DAYS, slowMoversQuery, type SlowList } from '@/api/analytics';
import { quantityText } from '@/domain/stock/quantity';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Chart } from '@/ui/charts/chart';
import { Meters } from '@/ui/charts/meters';
import { FigureTable, ItemName } from './figure-table';
import { RankedSection } from './ranked-section';
import { useFigures, useWorth } from './use-figures';

const USUAL = 90;

/** What lies, and what it is worth. */
export function SlowSection() {
  const words = useFigureWords();
  const format = useFormat();
  const { search, filter, change } = useFigures();
  const idle = search.idle ?? USUAL;
  return (
    <RankedSection
      lead={words.slow.lead}
      query={slowMoversQuery(filter, idle)}
      filters={
        <Select
          aria-label={words.slow.idle}
          w={200}
          allowDeselect={false}
          data={IDLE_DAYS.map((days) => ({
            value: `${days}`,
            label: words.slow.atLeast(format.number(days)),
          }))}
          value={`${idle}`}
          onChange={(days) => change({ idle: IDLE_DAYS.find((known) => `${known}` === days) })}
        />
      }
      summary={(whole) => <Lying whole={whole} />}
      table={(rows, whole) => <SlowTable rows={rows} currency={whole.currency} />}
    />
  );
}

function Lying({ whole }: { whole: SlowList }) {
  const { slow, items, value, itemCount } = useFigureWords();
  const format = useFormat();
  const money = useWorth(whole.currency);
  const most = Math.max(1, ...whole.totals.map((each) => Number(each.value)));
  return (
    <Card>
      <Chart
        title={slow.chart}
        order={2}
        head={[slow.idle, items, value]}
        rows={whole.totals.map((each) => [
          slow.atLeast(format.number(each.idle_days)),
          format.number(each.items),
          money(each.value),
        ])}
      >
        <Meters
          label={slow.chart}
          meters={whole.totals.map((each) => ({
            key: `${each.idle_days}`,
            label: slow.atLeast(format.number(each.idle_days)),
            hint: itemCount(each.items),
            share: Number(each.value) / most,
            value: money(each.value),
          }))}
        />
      </Chart>
    </Card>
  );
}

interface SlowTableProps {
  rows: readonly SlowList['items'][number][];
  currency: string | null;
}

function SlowTable({ rows, currency }: SlowTableProps) {
  const words = useFigureWords();
  const format = useFormat();
  const money = useWorth(currency);
  return (
    <FigureTable
      label={words.section.slow}
      head={words.item}
      rows={rows}
      keyOf={(row) => row.item_id}
      name={(row) => <ItemName item={row} />}
      columns={[
        {
          name: words.slow.idle,
          cell: (row) => (row.used_before ? words.slow.idleDays(row.idle_days) : words.slow.never),
        },
        { name: words.quantity, cell: (row) => quantityText(format, row.quantity, row.unit ?? '') },
        { name: words.value, cell: (row) => money(row.value) },
      ]}
    />
  );
}
