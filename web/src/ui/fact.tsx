import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './card.module.css';

/** A number or a word, with what it is: for what leads nowhere; see `Figure` for what does. */
export function Fact({
  label,
  value,
  hint,
}: {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
}) {
  return (
    <Paper className={classes.card} px="md" py="sm">
      <Text size="sm" c="dimmed" fw={500}>
        {label}
      </Text>
      <Text fz="lg" fw={650} className="numbers" style={{ overflowWrap: 'anywhere' }}>
        {value}
      </Text>
      {hint ? (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      ) : null}
    </Paper>
  );
}
