import type { ConsumptionRequest } from '@/api/consumption';
import type { Balance } from '@/api/items';

export interface UseDraft {
  warehouse_id: string;
  quantity: number | '';
  unit: string;
  purpose: string;
  note: string;
  /** One a line, where each piece has a number. */
  serials: string;
  components: boolean;
}

/** Where one works, if it is there; else where it is, if that is one warehouse. */
export function firstWarehouse(
  balances: readonly Pick<Balance, 'warehouse_id' | 'quantity'>[],
  warehouses: readonly string[],
  scope: string,
): string {
  const held = new Set(
    balances
      .filter(({ quantity, warehouse_id }) => quantity > 0 && warehouses.includes(warehouse_id))
      .map(({ warehouse_id }) => warehouse_id),
  );
  if (held.has(scope)) return scope;
  const [holder] = held.size === 1 ? held : [];
  const chosen = warehouses.includes(scope) ? scope : undefined;
  const single = warehouses.length === 1 ? warehouses[0] : undefined;
  return holder ?? chosen ?? single ?? '';
}

export function requestOf(
  item: { id: string; unit: string },
  draft: UseDraft,
  lot: string | null,
  serials: string[],
): ConsumptionRequest {
  const [purpose, note] = [draft.purpose.trim(), draft.note.trim()];
  return {
    item_id: item.id,
    warehouse_id: draft.warehouse_id,
    quantity: draft.quantity || 0,
    components: draft.components,
    serials: draft.components ? [] : serials,
    ...(draft.unit === item.unit ? {} : { unit: draft.unit }),
    ...(lot && !draft.components ? { lot } : {}),
    ...(purpose ? { purpose } : {}),
    ...(note ? { note } : {}),
  };
}
