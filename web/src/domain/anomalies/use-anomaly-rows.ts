import { useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { anomalyListQuery, type AnomalyList } from '@/api/anomalies';

/** The rows that are here so far, and how many companions stand behind them in a grouped list. With `everything` the rest is fetched too, page after page. */
export function useAnomalyRows(list: AnomalyList, everything: boolean) {
  const query = useInfiniteQuery(anomalyListQuery(list));
  useEveryPage(query, everything);
  const anomalies = useMemo(() => query.data?.pages.flatMap((page) => page.entries), [query.data]);
  const leftOut = query.data?.pages.reduce((sum, page) => sum + (page.leftOut ?? 0), 0) ?? 0;
  return { ...query, anomalies, leftOut };
}

/** Fetches page after page for as long as all of them are `wanted`. */
export function useEveryPage(query: UseInfiniteQueryResult, enabled: boolean): void {
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (enabled && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [enabled, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
}
