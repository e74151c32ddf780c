import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from './client';
import { ITEMS } from './items';
import { gather } from './pages';

export type Order = Schemas['OrderView'];
export type OrderLine = Schemas['OrderLineView'];
export type OrderSummary = Schemas['OrderSummary'];
export type OrderType = Schemas['OrderType'];
export type OrderStatus = Schemas['OrderStatus'];
export type OrderAct = Schemas['Act'];
export type OrderRequest = Schemas['OrderRequest'];
export type OrderLineRequest = Schemas['OrderLineRequest'];
export type OrderPatch = Schemas['OrderPatch'];
export type MovedLine = Schemas['MovedLine'];
/** What moves goods. */
export type MovingAct = Extract<OrderAct, 'receive' | 'ship' | 'return'>;

export const ORDER_TYPES = ['purchase', 'sales'] as const satisfies OrderType[];
/** What a list shows at a time: `done` is what was received or shipped. */
export const ORDER_VIEWS = ['draft', 'open', 'done', 'all'] as const;
export type OrderStage = (typeof ORDER_VIEWS)[number];

export interface OrderFilter {
  type?: OrderType | undefined;
  status?: OrderStatus | 'open' | undefined;
  supplier_id?: string | undefined;
  item_id?: string | undefined;
  /** What the number begins with. */
  q?: string | undefined;
  late?: true | undefined;
}

/** Changes with every movement, as what is in stock does. */
export const ORDERS = [...ITEMS, 'orders'] as const;

export const orderListQuery = (filter: OrderFilter, count = 50) =>
  infiniteQueryOptions({
    queryKey: [...ORDERS, 'list', filter, count],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const query = { ...filter, limit: Math.min(count, 100), cursor };
          const page = await answered(api.GET('/orders', { params: { query }, signal }));
          return { entries: page.orders, next: page.next_cursor };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** The service counts no further. */
export const MOST_LATE = 100;

/** How many are expected by now and not completed. */
export const lateOrdersQuery = () =>
  queryOptions({
    queryKey: [...ORDERS, 'late'],
    queryFn: async ({ signal }) => {
      const query = { late: true, limit: MOST_LATE };
      const page = await answered(api.GET('/orders', { params: { query }, signal }));
      return page.orders.length;
    },
    staleTime: 60_000,
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: [...ORDERS, 'one', id],
    queryFn: ({ signal }) =>
      answered(api.GET('/orders/{order_id}', { params: { path: { order_id: id } }, signal })),
  });

export const orderMovementsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...ORDERS, 'one', id, 'movements'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/orders/{order_id}/movements', {
          params: { path: { order_id: id }, query: { limit: 25, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const createOrder = (body: OrderRequest, key: string): Promise<Order> =>
  answered(api.POST('/orders', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Raises ApiProblem 412 if the order has changed since, 409 for what a draft's alone can be. */
export const changeOrder = (
  { id, version }: Pick<Order, 'id' | 'version'>,
  body: OrderPatch,
): Promise<Order> =>
  answered(
    api.PATCH('/orders/{order_id}', {
      params: { path: { order_id: id }, header: ifMatch(version) },
      body,
    }),
  );

export const stepOrder = (id: string, act: 'place' | 'cancel', key: string): Promise<Order> => {
  const params = { path: { order_id: id }, header: { 'Idempotency-Key': key } };
  return act === 'place'
    ? answered(api.POST('/orders/{order_id}/place', { params }))
    : answered(api.POST('/orders/{order_id}/cancel', { params }));
};

/** Raises ApiProblem 409 for more than is open, and where stock is short. */
export const moveOrder = (
  id: string,
  act: MovingAct,
  body: Schemas['MovedLines'],
  key: string,
): Promise<Order> => {
  const params = { path: { order_id: id }, header: { 'Idempotency-Key': key } };
  switch (act) {
    case 'receive':
      return answered(api.POST('/orders/{order_id}/receive', { params, body }));
    case 'ship':
      return answered(api.POST('/orders/{order_id}/ship', { params, body }));
    case 'return':
      return answered(api.POST('/orders/{order_id}/return', { params, body }));
  }
};
