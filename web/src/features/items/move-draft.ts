import { ApiProblem, fieldProblems } from '@/api/problem';
import type { Balance, Item } from '@/api/items';
import type { MovementRequest } from '@/api/movements';
import { codesIn } from '@/domain/stock/transfer-draft';

export type QuickKind = 'receipt' | 'issue' | 'adjustment' | 'count';

/** What a scanned label says. */
export interface Label {
  lot: string | null;
  expiry_date: string | null;
  serial: string | null;
}

export interface MoveDraft {
  warehouse_id: string;
  location: string;
  lot: string;
  expiry_date: string;
  /** One a line, where each piece has a number. */
  serials: string;
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
  label?: Label,
): MoveDraft {
  const filled = balances.filter(
    ({ quantity, warehouse_id, lot }) =>
      quantity !== 0 &&
      warehouses.includes(warehouse_id) &&
      // What the label says is of its lot alone.
      (!label?.lot || lot === label.lot),
  );
  const [only] = filled.length === 1 ? filled : [];
  const held = new Set(filled.map(({ warehouse_id }) => warehouse_id));
  const [holder] = held.size === 1 ? held : [];
  const chosen = warehouses.includes(scope) ? scope : undefined;
  const single = warehouses.length === 1 ? warehouses[0] : undefined;
  return {
    warehouse_id: only?.warehouse_id ?? chosen ?? holder ?? single ?? '',
    location: only?.location ?? '',
    lot: label?.lot ?? only?.lot ?? '',
    expiry_date: label?.expiry_date ?? '',
    serials: label?.serial ?? '',
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
    serials: codesIn(draft.serials),
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

/** As `fieldProblems`; too little stock is a problem of the quantity. */
export function problemAt(
  error: unknown,
  fields: readonly string[],
): Record<string, string> | null {
  if (error instanceof ApiProblem && error.kind === 'stock-conflict')
    return { quantity: error.message };
  return fieldProblems(error, fields);
}
