import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS, type Item } from '@/api/items';
import { moveStock, undoMovement, type MovementRequest } from '@/api/movements';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { useNotify } from '@/ui/notify';
import type { QuickKind } from './move-draft';
import { quantityText, signedText } from './quantity';

/** Moves stock, then says so with a way back. */
export function useMove(item: Item, kind: QuickKind) {
  const words = useItemWords();
  const format = useFormat();
  const queries = useQueryClient();
  const notify = useNotify();
  const [keys] = useState(() => new RequestKeys());
  const reload = () => queries.invalidateQueries({ queryKey: ITEMS });
  const undo = useUndo(reload);
  return useMutation({
    mutationFn: (request: MovementRequest) => keys.send(request, (key) => moveStock(request, key)),
    onSuccess: async (movement) => {
      const amount =
        kind === 'adjustment'
          ? `${signedText(format, movement.quantity)} ${item.unit}`
          : quantityText(format, Math.abs(movement.quantity), item.unit);
      notify.undoable(words.moved[kind](amount), {
        label: words.undo,
        onClick: () => void undo(movement.id),
      });
      await reload();
    },
  });
}

/** Works on after the dialog is gone, as the message with its button does. */
function useUndo(reload: () => Promise<void>) {
  const words = useItemWords();
  const notify = useNotify();
  const [keys] = useState(() => new RequestKeys());
  return async (id: string) => {
    try {
      await keys.send(id, (key) => undoMovement(id, key));
      notify.done(words.undone);
    } catch (error) {
      notify.failed(error);
    }
    await reload();
  };
}
