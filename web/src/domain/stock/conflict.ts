import { stockIn, type StockFacts } from '@/api/problem';
import type { Format } from '@/i18n/format';
import { useFormat } from '@/i18n/i18n';
import type { StockWords } from '@/i18n/en/stock';
import { useStockWords } from '@/i18n/stock';
import { quantityText } from './quantity';

/** Why stock did not allow something, in the reader's language; undefined for any other error. */
export function useConflictText(): (error: unknown) => string | undefined {
  const words = useStockWords();
  const format = useFormat();
  return (error) => {
    const facts = stockIn(error);
    return facts && conflictText(facts, words.conflict, format);
  };
}

/** Undefined for a reason that this page does not know yet: then the service's words are shown. */
export function conflictText(
  facts: StockFacts,
  words: StockWords['conflict'],
  format: Pick<Format, 'number' | 'dateTime' | 'date'>,
): string | undefined {
  const { item_name: item = '', unit = '', lot, location } = facts;
  const amount = (quantity = 0) => quantityText(format, quantity, unit);
  const there = location ? words.at(location) : words.without;
  const place = lot ? words.ofLot(there, lot) : there;
  const when = facts.at ? format.dateTime(facts.at) : '';
  switch (facts.reason) {
    case 'short':
      return facts.available === facts.quantity
        ? words.short(item, amount(facts.quantity), place)
        : words.shortOfFree(item, amount(facts.available), amount(facts.quantity), place);
    case 'below_zero':
      return words.below_zero(item, when, amount(facts.quantity), place);
    case 'counted':
      return words.counted(item, when, place);
    case 'reserved':
      return words.reserved(item, amount(facts.available), place);
    case 'archived':
      return words.archived(item);
    case 'quarantined':
      return words.quarantined(item, lot ?? '');
    case 'expired':
      return words.expired(
        item,
        lot ?? '',
        facts.expiry_date ? format.date(facts.expiry_date) : '',
      );
    case 'serial':
      return words.serial(item, facts.serial ?? '');
    case 'reversed':
      return words.reversed;
    case 'posted':
      return words.posted;
    default:
      return undefined;
  }
}
