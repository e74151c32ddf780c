import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { CATALOG, type Supplier } from './catalog';
import { answered, api, ifMatch, type Schemas } from './client';
import { hasStatus } from './problem';

export type Part = Schemas['Part'];

type Versioned = Pick<Supplier, 'id' | 'version'>;

export const supplierKey = (id: string) => [...CATALOG, 'suppliers', id] as const;

export const supplierQuery = (id: string) =>
  queryOptions({
    queryKey: supplierKey(id),
    queryFn: ({ signal }) =>
      answered(
        api.GET('/suppliers/{supplier_id}', { params: { path: { supplier_id: id } }, signal }),
      ),
  });

/** Raises ApiProblem 409 for the name of another one. */
export const createSupplier = (body: Schemas['SupplierRequest'], key: string): Promise<Supplier> =>
  answered(api.POST('/suppliers', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Raises ApiProblem 409 for the name of another one, 412 if it has changed since. */
export const changeSupplier = (
  { id, version }: Versioned,
  body: Schemas['SupplierPatch'],
): Promise<Supplier> =>
  answered(
    api.PATCH('/suppliers/{supplier_id}', {
      params: { path: { supplier_id: id }, header: ifMatch(version) },
      body,
    }),
  );

/** Raises ApiProblem 409 for one with parts or items. */
export const deleteSupplier = ({ id, version }: Versioned) =>
  answered(
    api.DELETE('/suppliers/{supplier_id}', {
      params: { path: { supplier_id: id }, header: ifMatch(version) },
    }),
  );

export const partsQuery = (supplierId: string) =>
  infiniteQueryOptions({
    queryKey: [...supplierKey(supplierId), 'parts'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/suppliers/{supplier_id}/parts', {
          params: { path: { supplier_id: supplierId }, query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** How a supplier sells an item; null where it does not. */
export const partQuery = (supplierId: string, itemId: string) =>
  queryOptions({
    queryKey: [...supplierKey(supplierId), 'part', itemId],
    queryFn: async ({ signal }) => {
      const path = { supplier_id: supplierId, item_id: itemId };
      try {
        return await answered(
          api.GET('/suppliers/{supplier_id}/parts/{item_id}', { params: { path }, signal }),
        );
      } catch (error) {
        if (hasStatus(error, 404)) return null;
        throw error;
      }
    },
  });

/** Adds a part, or replaces the one that was read at a version. Raises ApiProblem 412. */
export const savePart = (
  { supplier_id, item_id, version }: Pick<Part, 'supplier_id' | 'item_id'> & { version?: number },
  body: Schemas['PartRequest'],
): Promise<Part> =>
  answered(
    api.PUT('/suppliers/{supplier_id}/parts/{item_id}', {
      params: {
        path: { supplier_id, item_id },
        ...(version === undefined ? {} : { header: ifMatch(version) }),
      },
      body,
    }),
  );

export const deletePart = ({ supplier_id, item_id, version }: Part) =>
  answered(
    api.DELETE('/suppliers/{supplier_id}/parts/{item_id}', {
      params: { path: { supplier_id, item_id }, header: ifMatch(version) },
    }),
  );
