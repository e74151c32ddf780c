import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type Notification = Schemas['Notification'];

export const NOTIFICATIONS = ['account', 'notifications'] as const;
const ASKED_EVERY = 60_000;

/** What the reader is told, newest first. */
export const notificationsQuery = () =>
  infiniteQueryOptions({
    queryKey: NOTIFICATIONS,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/users/me/notifications', {
          params: { query: { limit: 20, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ASKED_EVERY,
  });

/** All until then are read. */
export const markReadUntil = (until: string) =>
  answered(api.POST('/users/me/notifications/read', { body: { until } }));
