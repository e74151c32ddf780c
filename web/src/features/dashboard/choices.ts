/** What stands for reports that are of no warehouse. */
export const NO_WAREHOUSE = '-';

interface Dated {
  status: string;
  warehouse_id?: string | null;
  created_at: string;
}

/**
 * What the dashboard can be about, most recently analyzed first, then the warehouses that have no
 * report yet. Reports are newest first; those of a deleted warehouse count as of none.
 */
export function choicesOf(
  reports: readonly Dated[],
  warehouses: readonly { id: string }[],
): string[] {
  const known = new Set(warehouses.map(({ id }) => id));
  const used = reports
    .filter(({ status }) => status === 'ready')
    .map(({ warehouse_id }) =>
      warehouse_id && known.has(warehouse_id) ? warehouse_id : NO_WAREHOUSE,
    );
  return [...new Set([...used, ...known])];
}
