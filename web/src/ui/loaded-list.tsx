import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadMore } from './load-more';
import { Loaded } from './states';

type ListQuery<Entry> = UseInfiniteQueryResult<InfiniteData<{ entries: Entry[] }>>;

/**
 * What was loaded of a list so far, in one. That there was nothing by the filters before says
 * nothing of those now.
 */
export function entriesOf<Entry>({ data, isPlaceholderData }: ListQuery<Entry>) {
  const entries = data?.pages.flatMap((page) => page.entries);
  return isPlaceholderData && entries?.length === 0 ? undefined : entries;
}

/** Whether there is nothing in it: a page without entries may have one with some after it. */
export const isEmptyList = <Entry,>(query: ListQuery<Entry>): boolean =>
  entriesOf(query)?.length === 0 && !query.hasNextPage;

interface LoadedListProps<Entry> {
  query: ListQuery<Entry>;
  /** Instead of a list without entries. */
  empty: ReactNode;
  children: (entries: Entry[]) => ReactNode;
}

/** A list, as far as it was loaded, and the way to more of it. */
export function LoadedList<Entry>({ query, empty, children }: LoadedListProps<Entry>) {
  return (
    <>
      <Loaded query={{ ...query, data: entriesOf(query) }}>
        {(entries) => (isEmptyList(query) ? empty : children(entries))}
      </Loaded>
      <LoadMore query={query} />
    </>
  );
}
