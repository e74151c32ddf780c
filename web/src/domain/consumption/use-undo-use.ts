import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { correctConsumption } from '@/api/consumption';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS } from '@/api/items';
import { useConsumptionWords } from '@/i18n/consumption';
import { useNotify } from '@/ui/notify';

/** Puts back what an entry took, and says how that went. */
export function useUndoUse(): (id: string) => Promise<void> {
  const words = useConsumptionWords();
  const queries = useQueryClient();
  const notify = useNotify();
  const [keys] = useState(() => new RequestKeys());
  return async (id) => {
    try {
      await keys.send(id, (key) => correctConsumption(id, {}, key));
      notify.done(words.undone);
    } catch (error) {
      notify.failed(error);
    }
    await queries.invalidateQueries({ queryKey: ITEMS });
  };
}
