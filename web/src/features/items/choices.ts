import type { Category } from '@/api/catalog';

export interface Choice {
  value: string;
  label: string;
}

/** With the path from the root; of archived ones only the one that is chosen already. */
export const categoryChoices = (
  categories: readonly Category[],
  chosen: string | undefined,
): Choice[] =>
  categories
    .filter(({ id, archived }) => !archived || id === chosen)
    .map(({ id, path }) => ({ value: id, label: path.join(' / ') }));

/** Those that are not archived, and the one that is chosen already. */
export const namedChoices = (
  entries: readonly { id: string; name: string; archived: boolean }[],
  chosen: string,
): Choice[] =>
  entries
    .filter(({ id, archived }) => !archived || id === chosen)
    .map(({ id, name }) => ({ value: id, label: name }));
