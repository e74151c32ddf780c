import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from './client';
import { itemKey, ITEMS } from './items';
import { gather } from './pages';

export type Kit = Schemas['Kit'];
export type Components = Schemas['Components'];
export type ComponentView = Schemas['ComponentView'];
export type Availability = Schemas['Availability'];
export type Shortage = Schemas['Shortage'];
export type Assembly = Schemas['Assembly'];
export type AssemblyRequest = Schemas['AssemblyRequest'];

export const kitListQuery = (q: string | undefined, count = 20) =>
  infiniteQueryOptions({
    queryKey: [...ITEMS, 'kits', q ?? '', count],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const params = { query: { q, limit: count, cursor } };
          const page = await answered(api.GET('/kits', { params, signal }));
          return { entries: page.kits, next: page.next_cursor };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** What it is made of; of an item that is no kit, an empty list. */
export const componentsQuery = (id: string) =>
  queryOptions({
    queryKey: [...itemKey(id), 'components'],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/items/{item_id}/components', { params: { path: { item_id: id } }, signal }),
      ),
  });

/** Raises ApiProblem 412 if they have changed since, 422 for a kit that would contain itself. */
export const saveComponents = (
  { item_id, version }: Pick<Components, 'item_id' | 'version'>,
  components: Schemas['ComponentsRequest']['components'],
): Promise<Components> =>
  answered(
    api.PUT('/items/{item_id}/components', {
      params: { path: { item_id }, header: ifMatch(version) },
      body: { components },
    }),
  );

/** How many there are in a warehouse, or in all together; and what is short for so many. */
export const availabilityQuery = (id: string, warehouse: string | undefined, quantity?: number) =>
  queryOptions({
    queryKey: [...itemKey(id), 'availability', warehouse ?? null, quantity ?? null],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/items/{item_id}/availability', {
          params: {
            path: { item_id: id },
            query: {
              warehouse_id: warehouse,
              quantity: quantity === undefined ? undefined : String(quantity),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export type Verb = 'assemble' | 'disassemble';

/** Raises ApiProblem 409 of the kind `components-short` with what is `short`. */
export const assemble = (
  verb: Verb,
  id: string,
  body: AssemblyRequest,
  key: string,
): Promise<Assembly> => {
  const params = { path: { item_id: id }, header: { 'Idempotency-Key': key } };
  return answered(
    verb === 'assemble'
      ? api.POST('/items/{item_id}/assemble', { params, body })
      : api.POST('/items/{item_id}/disassemble', { params, body }),
  );
};
