import type { TrendPoint } from '@/api/snapshots';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { useFormat } from '@/i18n/i18n';
import { Chart, Legend } from '@/ui/charts/chart';
import { Columns } from '@/ui/charts/columns';
import { rankedSeries, withRest } from '@/ui/charts/series';

interface TrendByRuleProps {
  title: string;
  lead: string;
  /** Oldest first. */
  points: readonly TrendPoint[];
  timezone: string;
  words: {
    inventory: string;
    others: string;
    total: string;
    columnOf: (when: string, count: number) => string;
  };
  order?: 2 | 3;
}

/** The anomalies of each snapshot, by rule. */
export function TrendByRule({ title, lead, points, timezone, words, order }: TrendByRuleProps) {
  const ruleTitle = useRuleTitle();
  const format = useFormat();
  const when = (point: TrendPoint) => format.dateTime(point.as_of, timezone);
  const { series, restKeys } = rankedSeries(
    points.map((point) => point.by_rule),
    (code) => ruleTitle(code),
    words.others,
  );
  const values = points.map((point) => withRest(point.by_rule, restKeys));
  return (
    <Chart
      title={title}
      lead={lead}
      order={order ?? 2}
      head={[words.inventory, ...series.map(({ label }) => label), words.total]}
      rows={points.map((point, index) => [
        when(point),
        ...series.map(({ key }) => format.number(values[index]?.[key] ?? 0)),
        format.number(point.total),
      ])}
    >
      <Columns
        label={title}
        series={series}
        points={points.map((point, index) => ({
          key: point.report_id,
          foot: format.day(point.as_of, timezone),
          title: words.columnOf(when(point), point.total),
          values: values[index] ?? {},
          link: {
            to: '/reports/$reportId',
            params: { reportId: point.report_id },
            search: { view: 'anomalies' },
          },
        }))}
      />
      <Legend series={series} />
    </Chart>
  );
}
