import { Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lateOrdersQuery, MOST_LATE } from '@/api/orders';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import classes from './shell.module.css';

/** How many orders are late; nothing where none is. */
export function LateCount() {
  const words = useOrderWords();
  const format = useFormat();
  const { data: count } = useQuery(lateOrdersQuery());
  if (!count) return null;
  const told = count === MOST_LATE ? `${format.number(count)}+` : format.number(count);
  return (
    <>
      <Text span size="xs" className={classes.count} aria-hidden>
        {told}
      </Text>
      <VisuallyHidden>{words.lateCount(told)}</VisuallyHidden>
    </>
  );
}
