import type { Anomaly } from '@/api/anomalies';

/** As the service joins item, lot and location: `SKU-0630 | L013 | P-03-03-C`. */
const SEPARATOR = ' | ';

/** Whether an id is that of a stock line: of an item with its lot at a location, without a pallet. */
export const isStockLine = (id: string): boolean => id.split(SEPARATOR).length >= 3;

/** Whether the subject is followed across snapshots, and has goods. */
export const isStock = ({ type }: Anomaly['subject']): boolean =>
  type === 'pallet' || type === 'stock_line';
