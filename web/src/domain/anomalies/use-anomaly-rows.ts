import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { anomalyListQuery, type AnomalyFilter } from '@/api/anomalies';

/** The rows that are here so far. With `everything` the rest is fetched too, page after page. */
export function useAnomalyRows(filter: AnomalyFilter, everything: boolean) {
  const query = useInfiniteQuery(anomalyListQuery(filter));
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (everything && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [everything, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const anomalies = useMemo(() => query.data?.pages.flatMap((page) => page.entries), [query.data]);
  return { ...query, anomalies };
}
