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

/** "Central, A-1, lot L1"; after another place only what differs from it. */
export function usePlaceText(): (place: Place, after?: Place) => string {
  const words = useItemWords();
  const warehouseOf = useWarehouseLabel();
  return ({ warehouse_id, location, lot }, after) => {
    const parts = [
      warehouse_id === after?.warehouse_id ? null : warehouseOf(warehouse_id),
      location ?? (after ? words.noLocation : null),
      lot && lot !== after?.lot ? words.lotOf(lot) : null,
    ];
    return parts.filter(Boolean).join(', ');
  };
}
