import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { itemKey } from './items';
import { gather } from './pages';

export type Movement = Schemas['MovementView'];
export type MovementKind = Schemas['Kind'];
export type MovementRequest = Schemas['MovementLine'];

export const movementsQuery = (itemId: string) =>
  infiniteQueryOptions({
    queryKey: [...itemKey(itemId), 'movements'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/items/{item_id}/movements', {
          params: { path: { item_id: itemId }, query: { limit: 25, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

const HISTORY = 200;

/** The newest movements, as many as a chart of them is made from. */
export const itemHistoryQuery = (itemId: string) =>
  queryOptions({
    queryKey: [...itemKey(itemId), 'history'],
    queryFn: ({ signal }) =>
      gather(
        async (cursor) => {
          const query = { limit: 100, cursor };
          const params = { path: { item_id: itemId }, query };
          const page = await answered(api.GET('/items/{item_id}/movements', { params, signal }));
          return { entries: page.movements, next: page.next_cursor };
        },
        { count: HISTORY },
      ),
  });

/** Raises ApiProblem 409 of the kind `stock-conflict` where there is not enough. */
export const moveStock = async (body: MovementRequest, key: string): Promise<Movement> =>
  // One movement is answered with one; several with all of them.
  (await answered(
    api.POST('/movements', { params: { header: { 'Idempotency-Key': key } }, body }),
  )) as Movement;

/** Makes the counter-movement. Raises ApiProblem 409 if there is one already. */
export const undoMovement = (id: string, key: string): Promise<Movement> =>
  answered(
    api.POST('/movements/{movement_id}/reversal', {
      params: { path: { movement_id: id }, header: { 'Idempotency-Key': key } },
      body: {},
    }),
  );

/** All of them, or none. Raises ApiProblem 409 of the kind `stock-conflict`. */
export const moveTogether = async (
  lines: readonly MovementRequest[],
  key: string,
): Promise<Movement[]> => {
  const params = { header: { 'Idempotency-Key': key } };
  const body = { lines: [...lines] };
  const answer = (await answered(
    api.POST('/movements', { params, body }),
  )) as Schemas['PostedMovements'];
  return answer.movements;
};
