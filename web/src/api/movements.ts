import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { itemKey } from './items';

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
