import type { LowStockItem } from '@/api/analytics';
import type { Order, OrderRequest } from '@/api/orders';

/** What a supplier sells and is not on order already; anything else needs a person first. */
export const canBeOrdered = (item: LowStockItem): boolean =>
  item.offer !== null && item.suggested_quantity > 0;

/** The service takes no more lines in an order. */
const MOST_LINES = 500;

/** A draft for each supplier and currency, in packs and for the prices that were suggested. */
export function suggestedOrders(
  items: readonly LowStockItem[],
  warehouse_id: string | undefined,
): OrderRequest[] {
  const orders = new Map<string, OrderRequest[]>();
  for (const item of items) {
    if (!item.offer || !canBeOrdered(item)) continue;
    const { supplier_id, currency, packs, price } = item.offer;
    const key = `${supplier_id} ${currency}`;
    const started = orders.get(key) ?? [];
    orders.set(key, started);
    let order = started.at(-1);
    if (!order || order.lines.length === MOST_LINES) {
      order = { type: 'purchase', supplier_id, currency, costs: [], lines: [] };
      if (warehouse_id) order.warehouse_id = warehouse_id;
      started.push(order);
    }
    order.lines.push({ item_id: item.item_id, quantity: packs, packs: true, price });
  }
  return [...orders.values()].flat();
}

/**
 * Draws up one order after the other. Each is told as soon as it stands: where a later one fails,
 * those before it must not be drawn up again.
 */
export async function drawUp(
  orders: readonly OrderRequest[],
  create: (order: OrderRequest) => Promise<Order>,
  onDrawn: (order: Order, request: OrderRequest) => void,
): Promise<void> {
  for (const request of orders) onDrawn(await create(request), request);
}
