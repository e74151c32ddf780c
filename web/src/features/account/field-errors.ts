import { ApiProblem } from '@/api/problem';

/** `{field: what is wrong}` for a form; null where the problem is with no field. */
export function fieldErrors(error: unknown): Record<string, string> | null {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return null;
  return Object.fromEntries(error.errors.map(({ pointer, detail }) => [pointer.slice(1), detail]));
}
