import { Text } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import classes from './figure.module.css';

interface FigureProps {
  label: string;
  value: string;
  hint?: string | undefined;
  color?: string | undefined;
  /** Every number leads to what it counts. */
  link: LinkProps;
}

export function Figure({ label, value, hint, color, link }: FigureProps) {
  return (
    <Link {...link} className={classes.figure}>
      <Text size="sm" c="dimmed" fw={500}>
        {label}
      </Text>
      <Text
        className={`${classes.value} numbers`}
        data-long={value.length > 8 || undefined}
        style={{ color }}
      >
        {value}
      </Text>
      {hint ? (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      ) : null}
    </Link>
  );
}
