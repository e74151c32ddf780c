import type { ComponentView } from '@/api/kits';
import { fieldProblems } from '@/api/problem';

export interface ComponentDraft {
  /** Of the line, not of the item: an item may stand in several. */
  key: string;
  item_id: string;
  name: string;
  quantity: number | '';
  unit: string;
}

export const emptyLine = (key: string): ComponentDraft => ({
  key,
  item_id: '',
  name: '',
  quantity: 1,
  unit: '',
});

export const draftOf = (components: readonly ComponentView[]): ComponentDraft[] =>
  components.map(({ item_id, name, quantity, unit }, index) => ({
    key: `${index}`,
    item_id,
    name,
    quantity,
    unit,
  }));

export const componentsOf = (lines: readonly ComponentDraft[]) =>
  lines.map(({ item_id, quantity, unit }) => ({
    item_id,
    quantity: quantity || 0,
    ...(unit ? { unit } : {}),
  }));

/** `{"lines.0.quantity": …}`, as the form has its fields; null for any other error. */
export function lineProblems(error: unknown, count: number): Record<string, string> | null {
  const names = Array.from({ length: count }, (_, index) =>
    ['item_id', 'quantity', 'unit'].map((field) => `components_${index}_${field}`),
  ).flat();
  const problems = fieldProblems(error, names);
  if (!problems) return null;
  return Object.fromEntries(
    Object.entries(problems).map(([name, detail]) => [
      name.replace(/^components_(\d+)_/, 'lines.$1.'),
      detail,
    ]),
  );
}
