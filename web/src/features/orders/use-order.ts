import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CATALOG } from '@/api/catalog';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS } from '@/api/items';
import { changeOrder, orderQuery, ORDERS, type Order, type OrderPatch } from '@/api/orders';
import { hasStatus } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { useNotify } from '@/ui/notify';

interface Changing {
  /** What is wrong at the fields of a form, if that is what the error says. */
  problemsOf?: (error: unknown) => Record<string, string> | null;
  onProblems?: (problems: Record<string, string>) => void;
  onDone: () => void;
}

/** Changes an order over the version that is shown; what the service answers is shown then. */
export function useChange(order: Order, { problemsOf, onProblems, onDone }: Changing) {
  const words = useOrderWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (patch: OrderPatch) => changeOrder(order, patch),
    onSuccess: (changed) => {
      queries.setQueryData(orderQuery(order.id).queryKey, changed);
      notify.done(words.lineSaved);
      onDone();
    },
    onError: (error) => {
      const problems = problemsOf?.(error);
      if (problems && onProblems) onProblems(problems);
      else notify.failed(hasStatus(error, 412) ? new Error(state.conflict) : error);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ORDERS }),
  });
}

/** Does something with an order that is done once, however often it is sent. */
export function useStep<Body>(
  order: Order,
  step: (body: Body, key: string) => Promise<Order>,
  {
    done,
    onDone,
    onError,
  }: { done: string; onDone: () => void; onError?: (e: unknown) => boolean },
) {
  const queries = useQueryClient();
  const notify = useNotify();
  const [keys] = useState(() => new RequestKeys());
  return useMutation({
    mutationFn: (body: Body) => keys.send(body, (key) => step(body, key)),
    onSuccess: (changed) => {
      queries.setQueryData(orderQuery(order.id).queryKey, changed);
      notify.done(done);
      onDone();
    },
    onError: (error) => {
      if (!onError?.(error)) notify.failed(error);
    },
    // A receipt changes the stock, and what is known of the supplier.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ITEMS }),
        queries.invalidateQueries({ queryKey: CATALOG }),
      ]),
  });
}
