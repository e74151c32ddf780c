import { Text } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './charts.module.css';

export interface Meter {
  key: string;
  label: string;
  hint?: ReactNode;
  /** Of the whole track; more than 1 fills it and is marked. */
  share: number;
  value: string;
  color?: string | undefined;
  link?: LinkProps | undefined;
}

/** Words, a bar and a number per line: it is its own table. */
export function Meters({ label, meters }: { label: string; meters: readonly Meter[] }) {
  return (
    <ul className={classes.meters} aria-label={label}>
      {meters.map((meter) => (
        <li key={meter.key}>
          <Line link={meter.link}>
            <span>
              <Text span size="sm" display="block" style={{ overflowWrap: 'anywhere' }}>
                {meter.label}
              </Text>
              {meter.hint ? (
                <Text span size="xs" c="dimmed" display="block">
                  {meter.hint}
                </Text>
              ) : null}
            </span>
            <span className={classes.track} aria-hidden>
              <span
                className={classes.fill}
                style={{ width: `${Math.min(100, 100 * meter.share)}%`, background: meter.color }}
              />
            </span>
            <Text span size="sm" fw={600} className="numbers" ta="right">
              {meter.value}
            </Text>
          </Line>
        </li>
      ))}
    </ul>
  );
}

function Line({ link, children }: { link: LinkProps | undefined; children: ReactNode }) {
  return link ? (
    <Link {...link} className={classes.meter}>
      {children}
    </Link>
  ) : (
    <span className={classes.meter}>{children}</span>
  );
}
