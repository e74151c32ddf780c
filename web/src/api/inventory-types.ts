import type { InventoryType } from './catalog';
import { answered, api, ifMatch, type Schemas } from './client';

type Versioned = Pick<InventoryType, 'id' | 'version'>;

/** Raises ApiProblem 409 for the name of another one. */
export const createInventoryType = (body: Schemas['InventoryTypeRequest'], key: string) =>
  answered(api.POST('/inventory-types', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Raises ApiProblem 409 for the name of another one, 412 if it has changed since. */
export const changeInventoryType = (
  { id, version }: Versioned,
  body: Schemas['InventoryTypePatch'],
) =>
  answered(
    api.PATCH('/inventory-types/{type_id}', {
      params: { path: { type_id: id }, header: ifMatch(version) },
      body,
    }),
  );

/** Raises ApiProblem 409 for one that items have. */
export const deleteInventoryType = ({ id, version }: Versioned) =>
  answered(
    api.DELETE('/inventory-types/{type_id}', {
      params: { path: { type_id: id }, header: ifMatch(version) },
    }),
  );
