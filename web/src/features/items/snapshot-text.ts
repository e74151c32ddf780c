import type { Balance, ItemQuantity } from '@/api/items';
import type { Format } from '@/i18n/format';

/** "6 EA, 4 KG": as the file gives it, each unit by itself. */
export const countedText = (
  format: Pick<Format, 'number'>,
  quantities: readonly ItemQuantity[],
): string =>
  quantities
    .map(({ quantity, unit }) => [format.number(quantity, 3), unit].filter(Boolean).join(' '))
    .join(', ');

/** How much of it the ledger has in a warehouse. */
export const ledgerOf = (
  balances: readonly Pick<Balance, 'warehouse_id' | 'quantity'>[],
  warehouse: string,
): number =>
  balances
    .filter(({ warehouse_id }) => warehouse_id === warehouse)
    .reduce((sum, { quantity }) => sum + quantity, 0);
