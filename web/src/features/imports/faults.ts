import type { ImportRow } from '@/api/imports';

/** The columns at fault with how often, the most frequent first; '' stands for the whole row. */
export function byColumn(errors: readonly ImportRow[]): { column: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { column } of errors) counts.set(column ?? '', (counts.get(column ?? '') ?? 0) + 1);
  return [...counts]
    .map(([column, count]) => ({ column, count }))
    .sort((first, second) => second.count - first.count);
}

export const inColumn = (errors: readonly ImportRow[], column: string | null): ImportRow[] =>
  errors.filter((error) => column === null || (error.column ?? '') === column);

export const rowsAtFault = (errors: readonly ImportRow[]): number =>
  new Set(errors.map(({ row }) => row)).size;
