import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { reportKey } from './reports';

export type DiffPart = 'new' | 'persisting' | 'resolved';
export type ReportLocation = Schemas['ReportLocation'];
export type WhatIf = Schemas['WhatIf'];

export const DIFF_PARTS = ['new', 'persisting', 'resolved'] as const satisfies DiffPart[];

/** `generation` changes with each analysis of the report. */
export const diffQuery = (id: string, against: string, part: DiffPart, generation: string) =>
  infiniteQueryOptions({
    queryKey: [...reportKey(id), 'diff', against, part, generation],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      answered(
        api.GET('/reports/{report_id}/diff', {
          params: { path: { report_id: id }, query: { against, part, limit: 100, cursor } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 60_000,
  });

export const whatIfQuery = (id: string, rule: string, generation: string) =>
  queryOptions({
    queryKey: [...reportKey(id), 'what-if', rule, generation],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/reports/{report_id}/what-if', {
          params: { path: { report_id: id }, query: { rule } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });

/** What each location of a report holds and what was found there; the whole report's. */
export const locationsQuery = (id: string, generation: string) =>
  queryOptions({
    queryKey: [...reportKey(id), 'locations', generation],
    queryFn: async ({ signal }) => {
      const locations: ReportLocation[] = [];
      let cursor: string | null | undefined;
      do {
        const page: Schemas['ReportLocations'] = await answered(
          api.GET('/reports/{report_id}/locations', {
            params: { path: { report_id: id }, query: { limit: 1000, cursor } },
            signal,
          }),
        );
        locations.push(...page.locations);
        cursor = page.next_cursor;
      } while (cursor);
      return locations;
    },
    staleTime: Infinity,
  });
