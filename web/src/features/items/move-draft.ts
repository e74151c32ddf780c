import { ApiProblem } from '@/api/problem';
import type { Balance, Item } from '@/api/items';
import type { MovementRequest } from '@/api/movements';
import type { Unit } from '@/api/catalog';

export type QuickKind = 'receipt' | 'issue' | 'adjustment';

export interface MoveDraft {
  warehouse_id: string;
  location: string;
  lot: string;
  expiry_date: string;
  quantity: number | '';
  unit: string;
  reason: string;
}

/** Where it is already, if that is one place, or at least one warehouse: most items have one. */
export function firstDraft(
  item: Pick<Item, 'unit'>,
  balances: readonly Balance[],
  warehouses: readonly string[],
  scope: string,
): MoveDraft {
  const filled = balances.filter(
    ({ quantity, warehouse_id }) => quantity !== 0 && warehouses.includes(warehouse_id),
  );
  const [only] = filled.length === 1 ? filled : [];
  const held = new Set(filled.map(({ warehouse_id }) => warehouse_id));
  const [holder] = held.size === 1 ? held : [];
  const chosen = warehouses.includes(scope) ? scope : undefined;
  const single = warehouses.length === 1 ? warehouses[0] : undefined;
  return {
    warehouse_id: only?.warehouse_id ?? chosen ?? holder ?? single ?? '',
    location: only?.location ?? '',
    lot: only?.lot ?? '',
    expiry_date: '',
    quantity: '',
    unit: item.unit,
    reason: '',
  };
}

const codeOf = (text: string): string | null => text.trim().toUpperCase() || null;

export function movementOf(
  item: Pick<Item, 'id' | 'unit'>,
  kind: QuickKind,
  draft: MoveDraft,
): MovementRequest {
  const [location, lot] = [codeOf(draft.location), codeOf(draft.lot)];
  const reason = draft.reason.trim();
  return {
    item_id: item.id,
    kind,
    warehouse_id: draft.warehouse_id,
    quantity: draft.quantity || 0,
    serials: [],
    ...(location ? { location } : {}),
    ...(lot ? { lot } : {}),
    ...(draft.unit === item.unit ? {} : { unit: draft.unit }),
    ...(reason ? { reason } : {}),
    ...(kind === 'receipt' && lot && draft.expiry_date ? { expiry_date: draft.expiry_date } : {}),
  };
}

/** What there is at the place of the draft. */
export function thereNow(balances: readonly Balance[], draft: MoveDraft): number {
  const [location, lot] = [codeOf(draft.location), codeOf(draft.lot)];
  const here = balances.filter(
    (balance) =>
      balance.warehouse_id === draft.warehouse_id &&
      balance.location === location &&
      balance.lot === lot,
  );
  return here.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The locations, or lots, at which there is something of it in a warehouse. */
export function knownCodes(
  balances: readonly Balance[],
  warehouse: string,
  name: 'location' | 'lot',
): string[] {
  const here = balances.filter(
    ({ warehouse_id, quantity }) => warehouse_id === warehouse && quantity !== 0,
  );
  const codes = here.map((balance) => balance[name]).filter((code) => code !== null);
  return [...new Set(codes)].sort();
}

/** The units in which it can be given: those that measure the same as its own. */
export function fittingUnits(units: readonly Unit[], own: string): string[] {
  const dimension = units.find(({ code }) => code === own)?.dimension;
  const others = units.filter((unit) => unit.dimension === dimension && unit.code !== own);
  return [own, ...others.map(({ code }) => code)];
}

/**
 * `{field: what is wrong}` for a form of these fields; null where the problem is with none of them.
 * Too little stock is a problem of the quantity. Of a request with several forms the pointer begins
 * with the form, so only its end counts.
 */
export function problemAt(
  error: unknown,
  fields: readonly string[],
): Record<string, string> | null {
  if (!(error instanceof ApiProblem)) return null;
  if (error.kind === 'stock-conflict') return { quantity: error.message };
  const known = error.errors
    .map(({ pointer, detail }) => [pointer.split('/').at(-1) ?? '', detail] as const)
    .filter(([field]) => fields.includes(field));
  return known.length > 0 ? Object.fromEntries(known) : null;
}
