import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type StoredView = Schemas['SavedView'];

export const VIEWS = ['account', 'views'] as const;

/** The lists that the reader has saved: 50 at most, and so one page. */
export const viewsQuery = () =>
  queryOptions({
    queryKey: VIEWS,
    queryFn: async ({ signal }) => {
      const page = await answered(
        api.GET('/users/me/views', { params: { query: { limit: 50 } }, signal }),
      );
      return page.views;
    },
  });

/** Takes the place of a view of the same name. */
export const saveView = (name: string, body: Schemas['SavedViewRequest']) =>
  answered(api.PUT('/users/me/views/{name}', { params: { path: { name } }, body }));

export const deleteView = (name: string) =>
  answered(api.DELETE('/users/me/views/{name}', { params: { path: { name } } }));
