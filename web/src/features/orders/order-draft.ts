import type {
  MovedLine,
  MovingAct,
  Order,
  OrderLine,
  OrderLineRequest,
  OrderRequest,
  OrderType,
} from '@/api/orders';
import { fieldProblems } from '@/api/problem';
import { codesIn } from '@/domain/stock/transfer-draft';

/** What the fields of a line hold; an empty price is none. */
export interface LineDraft {
  item_id: string;
  quantity: number | '';
  unit: string;
  packs: boolean;
  price: string;
}

export const EMPTY_LINE: LineDraft = {
  item_id: '',
  quantity: '',
  unit: '',
  packs: false,
  price: '',
};

export const lineDraft = (line: OrderLine): LineDraft => ({
  item_id: line.item_id,
  quantity: line.quantity,
  unit: line.unit,
  packs: line.packs,
  price: line.price ?? '',
});

/** "1,50" and "1.50" are one amount. */
export const amountOf = (text: string): string => text.trim().replace(',', '.');

export function lineOf(draft: LineDraft): OrderLineRequest {
  const price = amountOf(draft.price);
  return {
    item_id: draft.item_id,
    quantity: draft.quantity || 0,
    packs: draft.packs,
    ...(draft.packs || !draft.unit ? {} : { unit: draft.unit }),
    ...(price ? { price } : {}),
  };
}

/** What is wrong with a line, at its fields. */
export const lineProblems = (error: unknown, at = 0): Record<string, string> | null => {
  const fields = ['item_id', 'quantity', 'unit', 'packs', 'price'];
  const problems = fieldProblems(
    error,
    fields.map((field) => `lines_${at}_${field}`),
  );
  if (!problems) return null;
  return Object.fromEntries(
    Object.entries(problems).map(([name, text]) => [name.replace(`lines_${at}_`, ''), text]),
  );
};

/** The lines of an order as they are sent again, when one of them changes. */
export const linesOf = (order: Pick<Order, 'lines'>): OrderLineRequest[] =>
  order.lines.map((line) => lineOf(lineDraft(line)));

export interface NewOrderDraft extends LineDraft {
  type: OrderType;
  supplier_id: string;
  customer: string;
  warehouse_id: string;
}

export function orderOf(draft: NewOrderDraft): OrderRequest {
  const partner =
    draft.type === 'purchase'
      ? { supplier_id: draft.supplier_id }
      : { customer: draft.customer.trim() };
  return {
    type: draft.type,
    ...partner,
    ...(draft.warehouse_id ? { warehouse_id: draft.warehouse_id } : {}),
    costs: [],
    lines: [lineOf(draft)],
  };
}

/** What is moved of one line, as it is typed. */
export interface MovedDraft {
  quantity: number | '';
  location: string;
  lot: string;
  expiry_date: string;
  serials: string;
}

export const EMPTY_MOVED: MovedDraft = {
  quantity: '',
  location: '',
  lot: '',
  expiry_date: '',
  serials: '',
};

/** How much there may be of a line: what is open, or what can be returned. */
export function mostOf(line: OrderLine, act: MovingAct): number {
  if (act !== 'return') return line.open;
  return (line.received ?? line.shipped ?? 0) - line.returned;
}

/** The lines of which something can be moved. */
export const movable = (order: Order, act: MovingAct): OrderLine[] =>
  order.lines.filter((line) => mostOf(line, act) > 0);

const code = (text: string): string | undefined => text.trim().toUpperCase() || undefined;

/** What is sent: the lines with a quantity, in the order of the order. */
export function movedOf(
  lines: readonly OrderLine[],
  drafts: Readonly<Record<string, MovedDraft>>,
  act: MovingAct,
): MovedLine[] {
  return lines.flatMap((line) => {
    const draft = drafts[line.line_id];
    if (!draft || draft.quantity === '' || draft.quantity <= 0) return [];
    const [location, lot] = [code(draft.location), code(draft.lot)];
    const comesIn = act === 'receive' || (act === 'return' && line.shipped !== null);
    return [
      {
        line_id: line.line_id,
        quantity: draft.quantity,
        serials: codesIn(draft.serials),
        ...(location ? { location } : {}),
        ...(lot ? { lot } : {}),
        ...(comesIn && lot && draft.expiry_date ? { expiry_date: draft.expiry_date } : {}),
      },
    ];
  });
}

/** What a label says beside its item. */
interface ScannedLabel {
  lot: string | null;
  expiry_date: string | null;
  serial: string | null;
}

/** One more of a line, of the lot on the label. */
export function withScan(draft: MovedDraft, label: ScannedLabel): MovedDraft {
  const serials = codesIn(draft.serials);
  return {
    ...draft,
    quantity: (draft.quantity || 0) + 1,
    lot: label.lot ?? draft.lot,
    expiry_date: label.expiry_date ?? draft.expiry_date,
    serials:
      label.serial && !serials.includes(label.serial)
        ? [...serials, label.serial].join('\n')
        : draft.serials,
  };
}

/** The line that one more of an item belongs to: the first that is not full yet. */
export function lineFor(
  lines: readonly OrderLine[],
  drafts: Readonly<Record<string, MovedDraft>>,
  itemId: string,
  act: MovingAct,
): OrderLine | undefined {
  const own = lines.filter((line) => line.item_id === itemId);
  const taken = (line: OrderLine) => drafts[line.line_id]?.quantity || 0;
  return own.find((line) => taken(line) < mostOf(line, act)) ?? own.at(-1);
}
