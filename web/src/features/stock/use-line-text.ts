import { useQuery } from '@tanstack/react-query';
import type { CountLine } from '@/api/counts';
import { itemQuery } from '@/api/items';
import { useStockWords } from '@/i18n/stock';

/** What is counted, and where: of an item only the id is with the line. */
export function useLineText({ item_id, location, lot }: CountLine) {
  const words = useStockWords();
  const item = useQuery(itemQuery(item_id)).data;
  const place = [location ?? words.noLocation, lot ? words.lotOf(lot) : null];
  return {
    name: item?.name ?? '…',
    place: place.filter(Boolean).join(', '),
    unit: item?.unit ?? '',
  };
}
