import { Button, type ButtonProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { itemStockQuery, type Item } from '@/api/items';
import { TransferDialog } from '@/domain/stock/transfer-dialog';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useStockWords } from '@/i18n/stock';

interface TransferButtonProps {
  item: Item;
  /** Only what is of this lot, where a label names one. */
  lot?: string | null;
  size?: ButtonProps['size'];
}

/** From wherever there is something of it in a warehouse where one may work. */
export function TransferButton({ item, lot, size }: TransferButtonProps) {
  const { transfer: words } = useStockWords();
  const [moving, setMoving] = useState(false);
  const workable = useWarehouses().filter(({ role }) => role !== 'viewer');
  const stock = useQuery(itemStockQuery(item.id)).data;
  const sources = (stock?.balances ?? [])
    .filter((balance) => balance.quantity > 0 && (!lot || balance.lot === lot))
    .filter(({ warehouse_id }) => workable.some(({ id }) => id === warehouse_id))
    .map((balance) => ({ ...balance, item_name: item.name, unit: item.unit }));
  return (
    <>
      <Button
        variant="default"
        size={size}
        disabled={sources.length === 0}
        onClick={() => setMoving(true)}
      >
        {words.action}
      </Button>
      {moving ? (
        <TransferDialog
          title={words.title(item.name)}
          sources={sources}
          onClose={() => setMoving(false)}
        />
      ) : null}
    </>
  );
}
