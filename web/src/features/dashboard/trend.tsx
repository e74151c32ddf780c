import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReportSummary } from '@/api/reports';
import { useWarehouseZone } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import classes from './dashboard.module.css';
import { inOrder } from './latest';

const POINTS = 14;

/**
 * How many anomalies each snapshot had, in order of time. A list of links with bars: it reads as
 * well as it looks, and from the second snapshot on there is something to compare.
 */
export function Trend({ reports }: { reports: readonly ReportSummary[] }) {
  const { dashboard: words } = useMessages();
  const format = useFormat();
  const zoneOf = useWarehouseZone();
  const points = inOrder(reports).slice(-POINTS);
  if (points.length < 2) return null;
  const most = Math.max(1, ...points.map((report) => report.anomaly_count));
  return (
    <div>
      <Text size="sm" c="dimmed" mb={4}>
        {words.trend}. {words.trendHint}
      </Text>
      <ol className={classes.trend} aria-label={words.trend}>
        {points.map((report) => (
          <li key={report.id}>
            <Link
              to="/reports/$reportId"
              params={{ reportId: report.id }}
              className={classes.point}
              title={report.report_name}
            >
              <span className={classes.count}>{format.number(report.anomaly_count)}</span>
              <span
                className={classes.bar}
                style={{ height: `${(100 * report.anomaly_count) / most}px` }}
                aria-hidden
              />
              <span className={classes.day}>
                {format.day(report.as_of ?? report.created_at, zoneOf(report.warehouse_id))}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </div>
  );
}
