import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS } from '@/api/items';
import { undoMovement } from '@/api/movements';
import { useStockWords } from '@/i18n/stock';
import { useNotify } from '@/ui/notify';
import { useConflictText } from './conflict';

/**
 * Makes the counter-movements of some movements, last first, and says how that went. Works on
 * after the dialog is gone, as the message with its button does. Whether all of it was undone.
 */
export function useUndo(): (ids: readonly string[]) => Promise<boolean> {
  const words = useStockWords();
  const conflictText = useConflictText();
  const queries = useQueryClient();
  const notify = useNotify();
  const [keys] = useState(() => new Map<string, RequestKeys>());
  return async (ids) => {
    try {
      for (const id of ids.toReversed()) {
        const own = keys.get(id) ?? new RequestKeys();
        keys.set(id, own);
        await own.send(id, (key) => undoMovement(id, key));
      }
      notify.done(words.undone);
      return true;
    } catch (error) {
      const text = conflictText(error);
      notify.failed(text ? new Error(text) : error);
      return false;
    } finally {
      await queries.invalidateQueries({ queryKey: ITEMS });
    }
  };
}
