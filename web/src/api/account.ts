import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from './client';

export type Profile = Schemas['Profile'];
export type ListedSession = Schemas['SessionView'];

export const PROFILE = ['account', 'profile'] as const;
export const SESSIONS = ['account', 'sessions'] as const;

export const profileQuery = () =>
  queryOptions({
    queryKey: PROFILE,
    queryFn: ({ signal }) => answered(api.GET('/users/me', { signal })),
  });

export const changeProfile = (version: number, body: Schemas['ProfileChange']) =>
  answered(api.PATCH('/users/me', { params: { header: ifMatch(version) }, body }));

export const changePassword = (body: Schemas['PasswordChange']) =>
  answered(api.PUT('/users/me/password', { body }));

export const beginSecondFactor = (password: string) =>
  answered(api.POST('/users/me/otp', { body: { password } }));

export const confirmSecondFactor = (code: string) =>
  answered(api.POST('/users/me/otp/confirm', { body: { code } }));

export const turnSecondFactorOff = (password: string) =>
  answered(api.DELETE('/users/me/otp', { body: { password } }));

/** Raises ApiProblem 422 for a wrong password or code, 409 for what keeps it (`ownedIn`). */
export const deleteAccount = (body: Schemas['AccountDeletion']) =>
  answered(api.DELETE('/users/me', { body }));

export const sessionsQuery = () =>
  infiniteQueryOptions({
    queryKey: SESSIONS,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/users/me/sessions', {
          params: { query: { limit: 20, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const endSession = (id: string) =>
  answered(api.DELETE('/users/me/sessions/{session_id}', { params: { path: { session_id: id } } }));

export const endOtherSessions = () => answered(api.DELETE('/users/me/sessions'));
