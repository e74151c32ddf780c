import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { warehouseKey } from './warehouses';

export type Member = Schemas['Member'];
export type MemberRole = Member['role'];

/** The weakest first. */
export const MEMBER_ROLES = ['viewer', 'operator', 'manager'] as const satisfies MemberRole[];

export const membersKey = (warehouse: string) => [...warehouseKey(warehouse), 'members'] as const;

export const membersQuery = (warehouse: string) =>
  infiniteQueryOptions({
    queryKey: membersKey(warehouse),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/warehouses/{warehouse_id}/members', {
          params: { path: { warehouse_id: warehouse }, query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const putMember = (warehouse: string, username: string, role: MemberRole) =>
  answered(
    api.PUT('/warehouses/{warehouse_id}/members/{username}', {
      params: { path: { warehouse_id: warehouse, username } },
      body: { role },
    }),
  );

export const removeMember = (warehouse: string, username: string) =>
  answered(
    api.DELETE('/warehouses/{warehouse_id}/members/{username}', {
      params: { path: { warehouse_id: warehouse, username } },
    }),
  );
