import { Button, Group, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Order } from '@/api/orders';
import { useWarehouseName } from '@/domain/warehouses/warehouse-list';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Card } from '@/ui/card';
import { FreeText } from '@/ui/free-text';
import { EditOrderDialog } from './edit-order-dialog';
import classes from './orders.module.css';

interface OrderFactsCardProps {
  order: Order;
  mayManage: boolean;
}

/** Where it goes, what it costs beside the goods, and what is noted. */
export function OrderFactsCard({ order, mayManage }: OrderFactsCardProps) {
  const words = useOrderWords();
  const format = useFormat();
  const nameOf = useWarehouseName();
  const [editing, setEditing] = useState(false);
  const edits = mayManage && order.status !== 'completed' && order.status !== 'cancelled';
  const facts: [string, ReactNode][] = [
    [words.warehouse, nameOf(order.warehouse_id) ?? order.warehouse_id],
    [
      words.tolerance,
      order.over_receipt_percent > 0 ? format.exactPercent(order.over_receipt_percent / 100) : null,
    ],
    [
      words.costs,
      order.costs.length > 0 ? (
        <>
          {order.costs.map(({ name, amount }, index) => (
            <Text key={`${name} ${index}`} inherit>
              {`${name}: ${format.exactMoney(amount, order.currency)}`}
            </Text>
          ))}
        </>
      ) : null,
    ],
    [words.note, order.note ? <FreeText text={order.note} /> : null],
  ];
  return (
    <Card
      title={words.facts}
      aside={
        edits ? (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {words.edit}
            </Button>
          </Group>
        ) : null
      }
    >
      <dl className={classes.details}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {editing ? <EditOrderDialog order={order} onClose={() => setEditing(false)} /> : null}
    </Card>
  );
}
