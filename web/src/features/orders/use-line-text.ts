import type { OrderLine } from '@/api/orders';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';

/** A quantity of a line as it is ordered: "20 kg", or "5 packs of 12 pcs". */
export function useLineText(): (
  line: Pick<OrderLine, 'unit' | 'pack_size'>,
  quantity: number,
) => string {
  const words = useOrderWords();
  const format = useFormat();
  return ({ unit, pack_size: size }, quantity) =>
    size === null
      ? quantityText(format, quantity, unit)
      : words.packs(quantity, quantityText(format, size, unit));
}
