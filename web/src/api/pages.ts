/** A page of any list of the API. A filtered page may be short, even empty, and not the last. */
export interface Page<T> {
  entries: T[];
  next: string | null;
  /** How many that match stand behind the entries: companions of a grouped list. */
  leftOut?: number;
}

/**
 * Reads pages until `wanted` entries are there or the list ends. What is filtered may lie far apart,
 * so one call of this makes at most `calls` requests; `next` says where to go on.
 */
export async function gather<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  { count, from, calls = 8 }: { count: number; from?: string | undefined; calls?: number },
): Promise<Page<T>> {
  const entries: T[] = [];
  let leftOut = 0;
  let cursor = from;
  for (let call = 0; call < calls; call += 1) {
    const page = await read(cursor);
    entries.push(...page.entries);
    leftOut += page.leftOut ?? 0;
    if (page.next === null || entries.length >= count) return { entries, next: page.next, leftOut };
    cursor = page.next;
  }
  return { entries, next: cursor ?? null, leftOut };
}
