import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { orderListQuery, type OrderFilter } from '@/api/orders';
import { useOrderWords } from '@/i18n/orders';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { Loaded } from '@/ui/states';
import { OrderTable } from './order-table';

const SHOWN = 5;

interface OrdersCardProps {
  /** Whose orders, and the same in the address of their list. */
  filter: Pick<OrderFilter, 'supplier_id' | 'item_id'>;
  empty: string;
}

/** The newest orders of an item, or of a supplier, and the way to all of them. */
export function OrdersCard({ filter, empty }: OrdersCardProps) {
  const words = useOrderWords();
  const query = useInfiniteQuery(orderListQuery(filter, SHOWN));
  const all = query.data?.pages[0]?.entries;
  return (
    <Card
      title={words.ofItem}
      aside={
        all && all.length > 0 ? (
          <TextLink
            to="/orders"
            search={{ view: 'all', supplier: filter.supplier_id, item: filter.item_id }}
            underline="always"
            size="sm"
          >
            {words.everyOrder}
          </TextLink>
        ) : null
      }
    >
      <Loaded query={{ ...query, data: all }}>
        {(orders) =>
          orders.length === 0 ? (
            <Text c="dimmed">{empty}</Text>
          ) : (
            <OrderTable orders={orders} label={words.ofItem} />
          )
        }
      </Loaded>
    </Card>
  );
}
