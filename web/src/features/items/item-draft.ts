import type { Schemas } from '@/api/client';
import type { Item } from '@/api/items';

type ItemRequest = Schemas['ItemRequest'];
type ItemPatch = Schemas['ItemPatch'];

/** What the fields of the form hold; empty text is nothing. */
export interface ItemDraft {
  name: string;
  sku: string;
  unit: string;
  description: string;
  category: string;
  supplier: string;
  inventory_type: string;
  reorder_point: number | '';
  reorder_quantity: number | '';
  unit_cost: number | '';
  currency: string;
  gtin: string;
  storage_class: string;
  shelf_life_days: number | '';
}

export interface FirstStock {
  quantity: number | '';
  warehouse_id: string;
}

export const NEW_ITEM: ItemDraft = {
  name: '',
  sku: '',
  unit: 'pcs',
  description: '',
  category: '',
  supplier: '',
  inventory_type: '',
  reorder_point: '',
  reorder_quantity: '',
  unit_cost: '',
  currency: 'EUR',
  gtin: '',
  storage_class: '',
  shelf_life_days: '',
};

export const draftOf = (item: Item): ItemDraft => ({
  name: item.name,
  sku: item.sku,
  unit: item.unit,
  description: item.description ?? '',
  category: item.category ?? '',
  supplier: item.supplier ?? '',
  inventory_type: item.inventory_type ?? '',
  reorder_point: item.reorder_point ?? '',
  reorder_quantity: item.reorder_quantity ?? '',
  unit_cost: item.unit_cost === null ? '' : Number(item.unit_cost),
  currency: item.currency ?? 'EUR',
  gtin: item.gtin ?? '',
  storage_class: item.storage_class ?? '',
  shelf_life_days: item.shelf_life_days ?? '',
});

/** As the service writes them; null for what is empty. A currency belongs to a cost. */
function fieldsOf(draft: ItemDraft) {
  const text = (value: string) => value.trim() || null;
  const number = (value: number | '') => (value === '' ? null : value);
  return {
    name: draft.name.trim(),
    sku: text(draft.sku),
    unit: text(draft.unit),
    description: text(draft.description),
    category: text(draft.category),
    supplier: text(draft.supplier),
    inventory_type: text(draft.inventory_type),
    reorder_point: number(draft.reorder_point),
    reorder_quantity: number(draft.reorder_quantity),
    unit_cost: draft.unit_cost === '' ? null : String(draft.unit_cost),
    currency: draft.unit_cost === '' ? null : text(draft.currency),
    gtin: text(draft.gtin),
    storage_class: text(draft.storage_class) as ItemRequest['storage_class'],
    shelf_life_days: number(draft.shelf_life_days),
  };
}

/** Only what was given; a quantity of zero is no receipt. */
export function requestOf(draft: ItemDraft, stock: FirstStock): ItemRequest {
  const given = Object.entries(fieldsOf(draft)).filter(([, value]) => value !== null);
  const request = Object.fromEntries(given) as ItemRequest;
  if (!stock.quantity) return request;
  const warehouse = stock.warehouse_id ? { warehouse_id: stock.warehouse_id } : {};
  return { ...request, quantity: stock.quantity, ...warehouse };
}

/** Only what differs from the item; null takes a field away. */
export function patchOf(item: Item, draft: ItemDraft): ItemPatch {
  const before = fieldsOf(draftOf(item));
  const after = fieldsOf(draft);
  const changed = Object.entries(after).filter(
    ([name, value]) => value !== before[name as keyof typeof before],
  );
  return Object.fromEntries(changed);
}
