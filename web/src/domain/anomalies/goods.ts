import type { AnomalyDetail } from '@/api/anomalies';
import { isStock } from '@/domain/pallets/stock-line';

type StockFacts = Pick<AnomalyDetail, 'subject' | 'details' | 'evidence'>;

/**
 * What is on the pallet or in the stock line, in the file's words: from the rule's own facts, else
 * from the column of the evidence that the descriptions were read from. Null where neither tells.
 */
export function goodsOf(
  { subject, details, evidence }: StockFacts,
  mapping: Readonly<Record<string, string>> | null | undefined,
): string | null {
  if (!isStock(subject)) return null;
  const cell = evidence.find(({ column }) => mapping?.[column] === 'description');
  const texts = [details.description, cell?.parsed, cell?.raw];
  return (
    texts.find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? null
  );
}
