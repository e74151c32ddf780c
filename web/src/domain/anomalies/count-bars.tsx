import { Text } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useFormat } from '@/i18n/i18n';
import classes from './count-bars.module.css';

export interface Bar {
  key: string;
  label: string;
  count: number;
  color?: string;
  link: LinkProps;
}

/**
 * A bar chart that is its own table: a list of words and numbers, each with a bar as long as its
 * number, each leading to what it counts.
 */
export function CountBars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const format = useFormat();
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <ul className={classes.list} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <Link {...bar.link} className={classes.bar}>
            <Text span size="sm" className={classes.label}>
              {bar.label}
            </Text>
            <span className={classes.track} aria-hidden>
              <span
                className={classes.fill}
                style={{ width: `${(100 * bar.count) / most}%`, background: bar.color }}
              />
            </span>
            <Text span size="sm" fw={600} className="numbers" ta="right">
              {format.number(bar.count)}
            </Text>
          </Link>
        </li>
      ))}
    </ul>
  );
}
