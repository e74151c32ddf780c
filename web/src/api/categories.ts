import type { Category } from './catalog';
import { answered, api, ifMatch, type Schemas } from './client';

/** Raises ApiProblem 409 for the name of another one in the same place. */
export const createCategory = (body: Schemas['CategoryRequest'], key: string) =>
  answered(api.POST('/categories', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Raises ApiProblem 412 if it has changed since, 422 for a move below itself. */
export const changeCategory = (
  { id, version }: Pick<Category, 'id' | 'version'>,
  body: Schemas['CategoryPatch'],
) =>
  answered(
    api.PATCH('/categories/{category_id}', {
      params: { path: { category_id: id }, header: ifMatch(version) },
      body,
    }),
  );

/** Raises ApiProblem 409 where there are items in it, or categories below. */
export const deleteCategory = ({ id, version }: Pick<Category, 'id' | 'version'>) =>
  answered(
    api.DELETE('/categories/{category_id}', {
      params: { path: { category_id: id }, header: ifMatch(version) },
    }),
  );
