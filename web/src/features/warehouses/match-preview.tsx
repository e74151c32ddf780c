import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { shadowedBy } from '@/domain/warehouses/classify';
import {
  countCodes,
  firstCodes,
  PatternError,
  readPattern,
  type Pattern,
} from '@/domain/warehouses/patterns';
import { useMessages } from '@/i18n/i18n';
import classes from './layout-rows.module.css';

const EXAMPLES = 4;

interface MatchPreviewProps {
  index: number;
  text: string;
  patterns: readonly (Pattern | null)[];
}

/** Under each row, while it is typed: which codes it means, or what is wrong with it. */
export function MatchPreview({ index, text, patterns }: MatchPreviewProps) {
  const { warehouses: words } = useMessages();
  const fault = usePatternFault();
  const shadow = useMemo(() => shadowedBy(patterns, index), [patterns, index]);
  const reading = useMemo(() => read(text), [text]);
  if (text.trim() === '') return <div className={classes.preview} />;
  if (reading instanceof PatternError) {
    return (
      <Text size="xs" c="var(--mantine-color-error)" className={classes.preview}>
        {fault(reading)}
      </Text>
    );
  }
  const { count, examples } = reading;
  return (
    <Text size="xs" c="dimmed" className={classes.preview} truncate>
      {count === null
        ? words.openEnded
        : count === 1
          ? null
          : `${words.codes(count)}: ${examples.join(', ')}${count > EXAMPLES ? ' …' : ''}`}
      {shadow === null ? null : (
        <Text span size="xs" c="var(--priority-high)">
          {count === 1 ? '' : ' · '}
          {words.shadowed(shadow + 1)}
        </Text>
      )}
    </Text>
  );
}

function read(text: string): { count: number | null; examples: string[] } | PatternError {
  try {
    const pattern = readPattern(text);
    return { count: countCodes(pattern), examples: firstCodes(pattern, EXAMPLES) };
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
}

function usePatternFault(): (error: PatternError) => string {
  const { pattern: words } = useMessages();
  return ({ fault }) => {
    switch (fault.fault) {
      case 'closesNothing':
      case 'neverClosed':
        return words[fault.fault](fault.sign, fault.position);
      case 'backwards':
      case 'noRange':
        return words[fault.fault](fault.range);
      default:
        return words[fault.fault];
    }
  };
}
