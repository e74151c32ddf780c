import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type SearchResult = Schemas['SearchResult'];
export type ResultType = SearchResult['type'];
export type Match = Schemas['Match'];

/** Shorter texts are found only where they are a whole code. */
export const SHORTEST = 2;
/** As many characters as the API reads. */
export const LONGEST = 500;

const FRESH_MS = 10_000;

/** What is found by a text, as it is typed; what was found before stays until then. Raises
 * ApiProblem 422 for a text that has nothing to look for. */
export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', text],
    queryFn: ({ signal }) =>
      answered(api.GET('/search', { params: { query: { q: text, limit: 30 } }, signal })),
    enabled: text.length >= SHORTEST,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: FRESH_MS,
  });
