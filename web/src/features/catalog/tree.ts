import type { Category } from '@/api/catalog';

export interface Branch {
  category: Category;
  children: Branch[];
  /** Items in it and in all that is below it. */
  total: number;
}

/**
 * The tree of a list in which each category stands before what is below it. Without archived ones
 * what is not archived below one stays: it hangs where the next one above it is shown.
 */
export function treeOf(categories: readonly Category[], archived: boolean): Branch[] {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const shown = categories.filter((category) => archived || !category.archived);
  const branches = new Map(
    shown.map((category): [string, Branch] => [category.id, { category, children: [], total: 0 }]),
  );
  const roots: Branch[] = [];
  for (const branch of branches.values()) {
    const above = shownAbove(branch.category, byId, branches);
    (above?.children ?? roots).push(branch);
  }
  roots.forEach(addUp);
  return roots;
}

function shownAbove(
  category: Category,
  byId: ReadonlyMap<string, Category>,
  branches: ReadonlyMap<string, Branch>,
): Branch | undefined {
  let id = category.parent_id;
  while (id) {
    const branch = branches.get(id);
    if (branch) return branch;
    id = byId.get(id)?.parent_id;
  }
  return undefined;
}

function addUp(branch: Branch): number {
  branch.total =
    branch.category.items + branch.children.reduce((sum, each) => sum + addUp(each), 0);
  return branch.total;
}

/** Under which a category can be moved: not under itself, nor under what is below it. */
export function possibleParents(categories: readonly Category[], id: string): Category[] {
  const within = new Set([id]);
  // Each stands before what is below it.
  for (const category of categories)
    if (category.parent_id && within.has(category.parent_id)) within.add(category.id);
  return categories.filter((category) => !within.has(category.id) && !category.archived);
}
