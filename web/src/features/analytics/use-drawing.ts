import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FIGURES } from '@/api/analytics';
import { RequestKeys } from '@/api/idempotency';
import { createOrder, ORDERS, type Order, type OrderRequest } from '@/api/orders';
import { useFigureWords } from '@/i18n/analytics';
import { useNotify } from '@/ui/notify';
import { drawUp } from './suggested-orders';

/** Draws up orders and shows them; tells the items of each as soon as it stands. */
export function useDrawing(onDrawn: (items: readonly string[]) => void) {
  const words = useFigureWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  // A key for each order, so that one whose answer is lost is not drawn up twice.
  const [keys] = useState(() => new Map<string, RequestKeys>());
  const create = (body: OrderRequest): Promise<Order> => {
    const name = `${body.supplier_id} ${body.currency}`;
    const own = keys.get(name) ?? new RequestKeys();
    keys.set(name, own);
    return own.send(body, (key) => createOrder(body, key));
  };
  return useMutation({
    mutationFn: async (orders: readonly OrderRequest[]) => {
      const drawn: Order[] = [];
      try {
        await drawUp(orders, create, (order, { lines }) => {
          drawn.push(order);
          onDrawn(lines.flatMap(({ item_id }) => item_id ?? []));
        });
      } finally {
        // Also those before one that failed.
        if (drawn.length > 0) notify.done(words.low.drawn(drawn.length));
      }
      return drawn;
    },
    onSuccess: async (drawn) => {
      const [only] = drawn;
      if (drawn.length === 1 && only) {
        await navigate({ to: '/orders/$orderId', params: { orderId: only.id } });
      } else {
        await navigate({ to: '/orders', search: { view: 'draft' } });
      }
    },
    onError: (error) => notify.failed(error),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ORDERS });
      void queries.invalidateQueries({ queryKey: FIGURES });
    },
  });
}
