import { useWarehouseName } from '@/domain/warehouses/warehouse-list';
import { useItemWords } from '@/i18n/items';

interface Place {
  warehouse_id: string;
  location: string | null;
  lot: string | null;
}

/** The name of a warehouse; its id where the reader is no member of it. */
export function useWarehouseLabel(): (id: string) => string {
  const nameOf = useWarehouseName();
  return (id) => nameOf(id) ?? id;
}

/** "Central, A-1, lot L1". */
export function usePlaceText(): (place: Place) => string {
  const words = useItemWords();
  const warehouseOf = useWarehouseLabel();
  return ({ warehouse_id, location, lot }) =>
    [warehouseOf(warehouse_id), location, lot && words.lotOf(lot)].filter(Boolean).join(', ');
}
