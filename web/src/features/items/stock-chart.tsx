import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Item } from '@/api/items';
import { itemHistoryQuery, type Movement } from '@/api/movements';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Card } from '@/ui/card';
import { Chart, Legend } from '@/ui/charts/chart';
import { Lines } from '@/ui/charts/lines';
import { REST_COLOR, SERIES_COLORS } from '@/ui/charts/series';
import { stockHistory, steps } from './stock-history';

/** How much there was over time, beside the quantity at which to order more. */
export function StockChart({ item }: { item: Item }) {
  const { data } = useQuery(itemHistoryQuery(item.id));
  // One level is no line, and the figures above tell it already.
  if (!data || data.entries.length === 0) return null;
  return (
    <Card>
      <History item={item} movements={data.entries} all={data.next === null} />
    </Card>
  );
}

interface HistoryProps {
  item: Item;
  movements: readonly Movement[];
  all: boolean;
}

function History({ item, movements, all }: HistoryProps) {
  const words = useItemWords();
  const format = useFormat();
  const newest = movements[0]?.effective_at ?? '';
  const today = new Date().toISOString();
  const now = newest > today ? newest : today;
  const levels = stockHistory(item.quantity, movements, { now, all });
  const corners = steps(levels);
  const { reorder_point: point } = item;
  const series = [
    { key: 'stock', label: words.now, color: SERIES_COLORS[0] },
    ...(point == null ? [] : [{ key: 'point', label: words.reorderPoint, color: REST_COLOR }]),
  ];
  return (
    <Chart
      title={words.historyTitle}
      order={2}
      lead={all ? undefined : words.historyCut(movements.length)}
      head={[words.when, words.quantity]}
      rows={levels
        .slice()
        .reverse()
        .map(({ at, quantity }) => [
          format.dateTime(at),
          quantityText(format, quantity, item.unit),
        ])}
    >
      <Stack gap="xs">
        <Lines
          label={words.historyTitle}
          series={series}
          marked={corners.length <= 40}
          points={corners.map(({ quantity }) => ({
            values: { stock: quantity, ...(point == null ? {} : { point }) },
          }))}
          moments={corners.map(({ at }) => Date.parse(at))}
          ends={[format.date(corners[0]?.at ?? now), format.date(now)]}
          show={(value) => format.number(value)}
        />
        {series.length > 1 ? <Legend series={series} /> : null}
        <Text size="xs" c="dimmed">
          {words.historyHint}
        </Text>
      </Stack>
    </Chart>
  );
}
