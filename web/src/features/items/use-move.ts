import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS, type Item } from '@/api/items';
import { moveStock, type MovementRequest } from '@/api/movements';
import { useUndo } from '@/domain/stock/use-undo';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { useStockWords } from '@/i18n/stock';
import { useNotify } from '@/ui/notify';
import type { QuickKind } from './move-draft';
import { quantityText, signedText } from '@/domain/stock/quantity';

/** Moves stock, then says so with a way back. */
export function useMove(item: Item, kind: QuickKind) {
  const words = useItemWords();
  const { undo: label } = useStockWords();
  const format = useFormat();
  const queries = useQueryClient();
  const notify = useNotify();
  const [keys] = useState(() => new RequestKeys());
  const undo = useUndo();
  return useMutation({
    mutationFn: (request: MovementRequest) => keys.send(request, (key) => moveStock(request, key)),
    onSuccess: async (movement) => {
      const amount =
        kind === 'adjustment'
          ? `${signedText(format, movement.quantity)} ${item.unit}`
          : kind === 'count'
            ? quantityText(format, movement.given_quantity, movement.given_unit ?? item.unit)
            : quantityText(format, Math.abs(movement.quantity), item.unit);
      notify.undoable(words.moved[kind](amount), {
        label,
        onClick: () => void undo([movement.id]),
      });
      await queries.invalidateQueries({ queryKey: ITEMS });
    },
  });
}
