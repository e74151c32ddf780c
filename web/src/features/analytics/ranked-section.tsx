import { Stack, Text } from '@mantine/core';
import { IconClockHour4, IconFilterOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FigureList, Period } from '@/api/analytics';
import { useFigureWords } from '@/i18n/analytics';
import { LoadMore } from '@/ui/load-more';
import { Loaded, Notice } from '@/ui/states';
import { AsOf, FigureFilters } from './figure-filters';

interface Whole {
  as_of: string | null;
  currency: string | null;
  currencies: readonly (string | null)[];
  next_cursor: string | null;
}

interface RankedSectionProps<Row, W extends Whole> {
  lead: string;
  query: FigureList<Row, W>;
  usual?: Period;
  filters?: ReactNode;
  /** What stands above the rows, of the whole list. */
  summary?: (whole: W) => ReactNode;
  table: (rows: readonly Row[], whole: W) => ReactNode;
  /** Why there may be nothing, where that is no question of filters. */
  empty?: string;
}

/** A ranked list: what it is, its filters, its sums and its rows. */
export function RankedSection<Row, W extends Whole>(props: RankedSectionProps<Row, W>) {
  const { lead, query, usual, filters, summary, table, empty } = props;
  const words = useFigureWords();
  const list = useInfiniteQuery(query);
  const whole = list.data?.pages[0]?.whole;
  const rows = list.data?.pages.flatMap((page) => page.entries);
  const data = whole && rows ? { whole, rows } : undefined;
  return (
    <Stack gap="md">
      <Text c="dimmed">{lead}</Text>
      <FigureFilters currencies={whole?.currencies ?? []} {...(usual ? { usual } : {})}>
        {filters}
      </FigureFilters>
      <Loaded query={{ ...list, data }}>
        {({ whole: known, rows: shown }) =>
          known.as_of === null ? (
            <Notice icon={IconClockHour4} title={empty ?? words.notYet}>
              {empty ? null : words.notYetText}
            </Notice>
          ) : (
            <>
              {summary?.(known)}
              {shown.length > 0 ? (
                table(shown, known)
              ) : (
                <Notice icon={IconFilterOff} title={empty ?? words.nothing}>
                  {empty ? null : words.nothingText}
                </Notice>
              )}
              <AsOf at={known.as_of} />
            </>
          )
        }
      </Loaded>
      <LoadMore query={list} />
    </Stack>
  );
}
