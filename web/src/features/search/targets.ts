import type { SearchResult } from '@/api/search';

/** An address of the page, and what its query says. */
export interface Target {
  to: string;
  search?: Record<string, string>;
}

type Found = Pick<SearchResult, 'type' | 'id' | 'warehouse_id' | 'report_id'>;

/** Where a result leads; undefined for what has no screen of its own. */
export function targetOf(found: Found): Target | undefined {
  const id = encodeURIComponent(found.id);
  switch (found.type) {
    case 'item':
    case 'kit':
      return { to: `/items/${id}` };
    case 'category':
      return { to: '/items', search: { category: found.id } };
    case 'supplier':
      return { to: `/items/suppliers/${id}` };
    case 'pallet':
    case 'stock_line':
      return found.warehouse_id ? { to: `/w/${found.warehouse_id}/pallets/${id}` } : undefined;
    case 'location':
      return found.report_id
        ? { to: `/reports/${found.report_id}`, search: { view: 'anomalies', location: found.id } }
        : undefined;
    case 'order':
      return { to: `/orders/${id}` };
  }
}
