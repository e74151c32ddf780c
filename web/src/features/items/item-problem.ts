import { hasStatus } from '@/api/problem';
import { NEW_ITEM, type ItemDraft } from './item-draft';
import { problemAt } from './move-draft';

/** The fields that are behind one more click. */
export const FURTHER = [
  'description',
  'supplier',
  'inventory_type',
  'reorder_quantity',
  'gtin',
  'storage_class',
  'shelf_life_days',
] as const satisfies (keyof ItemDraft)[];

const FIELDS = [...Object.keys(NEW_ITEM), 'quantity', 'warehouse_id'];

/**
 * `{field: what is wrong}` of an item that was refused; null where that is no field's fault. At a
 * code that another item has, it says so in the words `taken`.
 */
export function itemProblem(error: unknown, taken: string): Record<string, string> | null {
  const problems = problemAt(error, FIELDS);
  if (!hasStatus(error, 409) || error.kind !== 'taken' || !problems) return problems;
  return Object.fromEntries(Object.keys(problems).map((field) => [field, taken]));
}
