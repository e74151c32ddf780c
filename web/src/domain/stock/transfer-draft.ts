import type { MovementRequest } from '@/api/movements';

/** So many movements are made as one. */
export const MOST_LINES = 25;

/** Something at a place, which could leave it. */
export interface Source {
  item_id: string;
  item_name: string;
  unit: string;
  warehouse_id: string;
  location: string | null;
  lot: string | null;
  quantity: number;
}

export interface TransferDraft {
  /** In the order of the sources. */
  quantities: (number | '')[];
  units: string[];
  /** Serial numbers of each, where there are any: one a line. */
  serials: string[];
  warehouse_id: string;
  location: string;
  reason: string;
}

export const firstTransfer = (sources: readonly Source[], warehouse: string): TransferDraft => ({
  quantities: sources.map(() => ''),
  units: sources.map(({ unit }) => unit),
  serials: sources.map(() => ''),
  warehouse_id: warehouse,
  location: '',
  reason: '',
});

const codeOf = (text: string): string | null => text.trim().toUpperCase() || null;

/** Codes that stand in lines, or between commas. */
export const codesIn = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((code) => code.trim().toUpperCase())
    .filter((code) => code !== '');

/** The movements of what has a quantity; the place in the form of each. */
export function transferLines(
  sources: readonly Source[],
  draft: TransferDraft,
): { index: number; line: MovementRequest }[] {
  const to = { warehouse_id: draft.warehouse_id, location: codeOf(draft.location) };
  const reason = draft.reason.trim();
  return sources.flatMap((source, index) => {
    const quantity = draft.quantities[index];
    if (!quantity) return [];
    const unit = draft.units[index];
    const line: MovementRequest = {
      item_id: source.item_id,
      kind: 'transfer',
      warehouse_id: source.warehouse_id,
      quantity,
      serials: codesIn(draft.serials[index] ?? ''),
      to,
      ...(source.location ? { location: source.location } : {}),
      ...(source.lot ? { lot: source.lot } : {}),
      ...(unit && unit !== source.unit ? { unit } : {}),
      ...(reason ? { reason } : {}),
    };
    return [{ index, line }];
  });
}

/** Whether something would stay where it is. */
export const staysAt = (source: Source, draft: TransferDraft): boolean =>
  source.warehouse_id === draft.warehouse_id && source.location === codeOf(draft.location);
