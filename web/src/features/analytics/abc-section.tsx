import { Badge, SegmentedControl } from '@mantine/core';
import { ABC_CLASSES, abcQuery, type AbcList } from '@/api/analytics';
import { quantityText } from '@/domain/stock/quantity';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Chart } from '@/ui/charts/chart';
import { Meters } from '@/ui/charts/meters';
import { FigureTable, ItemName } from './figure-table';
import { RankedSection } from './ranked-section';
import { useFigures, useWorth } from './use-figures';

/** Which items make up most of what is used. */
export function AbcSection() {
  const words = useFigureWords();
  const { search, listFilter, change } = useFigures();
  return (
    <RankedSection
      lead={words.abc.lead}
      usual="365"
      query={abcQuery(listFilter, search.class)}
      filters={
        <SegmentedControl
          aria-label={words.abc.classes}
          data={[
            { value: '', label: words.abc.all },
            ...ABC_CLASSES.map((value) => ({ value, label: value })),
          ]}
          value={search.class ?? ''}
          onChange={(chosen) => change({ class: ABC_CLASSES.find((known) => known === chosen) })}
        />
      }
      summary={(whole) => <Classes whole={whole} />}
      table={(rows, whole) => <AbcTable rows={rows} currency={whole.currency} />}
    />
  );
}

function Classes({ whole }: { whole: AbcList }) {
  const { abc, items, value, share, itemCount } = useFigureWords();
  const format = useFormat();
  const money = useWorth(whole.currency);
  return (
    <Card>
      <Chart
        title={abc.chart}
        order={2}
        head={[abc.class, items, value, share]}
        rows={whole.classes.map((each) => [
          each.name,
          format.number(each.items),
          money(each.value),
          each.share === null ? '–' : format.percent(each.share),
        ])}
      >
        <Meters
          label={abc.chart}
          meters={whole.classes.map((each) => ({
            key: each.name,
            label: each.name,
            hint: `${itemCount(each.items)} · ${money(each.value)}`,
            share: each.share ?? 0,
            value: each.share === null ? '–' : format.percent(each.share),
          }))}
        />
      </Chart>
    </Card>
  );
}

interface AbcTableProps {
  rows: readonly AbcList['items'][number][];
  currency: string | null;
}

function AbcTable({ rows, currency }: AbcTableProps) {
  const words = useFigureWords();
  const format = useFormat();
  const money = useWorth(currency);
  return (
    <FigureTable
      label={words.section.abc}
      head={words.item}
      rows={rows}
      keyOf={(row) => row.item_id}
      name={(row) => <ItemName item={row} />}
      columns={[
        {
          name: words.abc.class,
          isText: true,
          cell: (row) => (
            <Badge variant="light" color={row.class === 'A' ? 'blue' : 'gray'}>
              {row.class}
            </Badge>
          ),
        },
        { name: words.abc.used, cell: (row) => quantityText(format, row.quantity, row.unit ?? '') },
        { name: words.value, cell: (row) => money(row.value) },
        { name: words.abc.shareBefore, cell: (row) => format.percent(row.share_before) },
      ]}
    />
  );
}
