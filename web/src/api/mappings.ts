import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from './client';

export type SavedMapping = Schemas['SavedMapping'];

export const MAPPINGS = ['mappings'] as const;

/** What was learned of one's own files. */
export const mappingsQuery = () =>
  infiniteQueryOptions({
    queryKey: [...MAPPINGS, 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/mappings', { params: { query: { limit: 20, cursor: pageParam } }, signal }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const changeMapping = (mapping: SavedMapping, body: Schemas['SavedMappingChange']) =>
  answered(
    api.PUT('/mappings/{mapping_id}', {
      params: { path: { mapping_id: mapping.id }, header: ifMatch(mapping.version) },
      body,
    }),
  );

export const forgetMapping = (mapping: SavedMapping) =>
  answered(
    api.DELETE('/mappings/{mapping_id}', {
      params: { path: { mapping_id: mapping.id }, header: ifMatch(mapping.version) },
    }),
  );
