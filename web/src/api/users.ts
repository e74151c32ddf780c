import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from './client';
import { gather } from './pages';

export type User = Schemas['UserView'];
export type Role = Schemas['Role'];
export type AccountStatus = 'active' | 'disabled';

/** The roles of an account in the company; each may do more than the one before. */
export const ROLES = ['member', 'viewer', 'operator', 'manager', 'admin'] as const satisfies Role[];
export const ACCOUNT_STATUSES = ['active', 'disabled'] as const satisfies AccountStatus[];

export interface UserFilter {
  /** How the name begins. */
  q?: string | undefined;
  role?: Role | undefined;
  status?: AccountStatus | undefined;
}

export const USERS = ['users'] as const;

export const userListQuery = (filter: UserFilter, count = 50) =>
  infiniteQueryOptions({
    queryKey: [...USERS, 'list', filter, count],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const query = { ...filter, limit: count, cursor };
          const page = await answered(api.GET('/users', { params: { query }, signal }));
          return { entries: page.users, next: page.next_cursor };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Raises ApiProblem 409 for the last administrator, 412 if the account has changed since. */
export const changeUser = (
  { username, version }: Pick<User, 'username' | 'version'>,
  body: Schemas['UserChange'],
) =>
  answered(
    api.PATCH('/users/{username}', {
      params: { path: { username }, header: ifMatch(version) },
      body,
    }),
  );

/** Some of those whose names begin so and who may get what somebody else owns. */
export const receiverQuery = (beginning: string) =>
  queryOptions({
    queryKey: [...USERS, 'receivers', beginning],
    queryFn: async ({ signal }) => {
      const query = { q: beginning || undefined, status: 'active' as const, limit: 20 };
      return (await answered(api.GET('/users', { params: { query }, signal }))).users;
    },
    placeholderData: keepPreviousData,
  });

/** Raises ApiProblem 409 for the last administrator, and where nobody gets what the person owns
 * (`ownedIn`); 412 if the account has changed since. */
export const deleteUser = (
  { username, version }: Pick<User, 'username' | 'version'>,
  transferTo: string | null,
) =>
  answered(
    api.DELETE('/users/{username}', {
      params: {
        path: { username },
        header: ifMatch(version),
        query: { transfer_to: transferTo ?? undefined },
      },
    }),
  );
