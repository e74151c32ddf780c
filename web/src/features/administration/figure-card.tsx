import { Group, Paper, Text } from '@mantine/core';
import { useAdministrationWords } from '@/i18n/administration';
import { useFormat } from '@/i18n/i18n';
import classes from '@/ui/card.module.css';

interface FigureCardProps {
  label: string;
  hint?: string;
  /** Null before it was counted for the first time. */
  value: string | null;
  when: { until: string; estimated: boolean } | null;
  parts?: readonly (readonly [string, string])[];
}

/** A number with its parts, and as of when it is. */
export function FigureCard({ label, hint, value, when, parts = [] }: FigureCardProps) {
  const words = useAdministrationWords();
  const format = useFormat();
  return (
    <Paper className={classes.card} p="md">
      <Text size="sm" c="dimmed" fw={500}>
        {label}
      </Text>
      <Text fz="xl" fw={650} className="numbers">
        {value ?? '–'}
      </Text>
      {hint ? (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      ) : null}
      {parts.map(([name, number]) => (
        <Group key={name} justify="space-between" gap="xs" wrap="nowrap">
          <Text size="sm">{name}</Text>
          <Text size="sm" className="numbers">
            {number}
          </Text>
        </Group>
      ))}
      <Text size="xs" c="dimmed" mt={4}>
        {when
          ? (when.estimated ? words.asOfEstimated : words.asOf)(format.dateTime(when.until))
          : words.notCounted}
      </Text>
    </Paper>
  );
}
