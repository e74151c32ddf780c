import { Link, type LinkProps } from '@tanstack/react-router';
import { useFormat } from '@/i18n/i18n';
import classes from './charts.module.css';
import type { Series } from './series';

export interface ColumnPoint {
  key: string;
  /** Under the column. */
  foot: string;
  /** Its name for those who do not see it, and when one points at it. */
  title: string;
  values: Record<string, number>;
  link: LinkProps;
}

const HEIGHT = 120;

/** Where they are wider than the screen, what is newest is in sight. */
const showNewest = (list: HTMLOListElement | null): void => {
  if (list) list.scrollLeft = list.scrollWidth;
};

/** Columns over time, each a stack of the series and a link to what it counts. */
export function Columns({
  label,
  series,
  points,
  beside = false,
}: {
  label: string;
  series: readonly Series[];
  points: readonly ColumnPoint[];
  /** For series that do not add up: one column each, side by side. */
  beside?: boolean;
}) {
  const format = useFormat();
  const total = (point: ColumnPoint) =>
    series.reduce((sum, { key }) => sum + (point.values[key] ?? 0), 0);
  const most = Math.max(
    1,
    ...points.map((point) =>
      beside ? Math.max(...series.map(({ key }) => point.values[key] ?? 0)) : total(point),
    ),
  );
  return (
    <ol className={classes.columns} aria-label={label} ref={showNewest}>
      {points.map((point) => {
        const sum = total(point);
        return (
          <li key={point.key}>
            <Link {...point.link} className={classes.column} title={point.title}>
              {beside ? (
                <span className={classes.beside}>
                  {series.map(({ key, color }) => {
                    const count = point.values[key] ?? 0;
                    return (
                      <span key={key}>
                        {format.number(count)}
                        <span
                          style={{ height: (HEIGHT * count) / most, background: color }}
                          aria-hidden
                        />
                      </span>
                    );
                  })}
                </span>
              ) : (
                <>
                  <span className={classes.count}>{format.number(sum)}</span>
                  <span
                    className={classes.stack}
                    style={{ height: (HEIGHT * sum) / most }}
                    aria-hidden
                  >
                    {series.map(({ key, color }) => (
                      <span
                        key={key}
                        style={{ flex: `${point.values[key] ?? 0} 0 0`, background: color }}
                      />
                    ))}
                  </span>
                </>
              )}
              <span className={classes.foot}>{point.foot}</span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
