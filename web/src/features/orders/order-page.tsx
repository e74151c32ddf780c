import { Group, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense } from 'react';
import { orderQuery, type Order } from '@/api/orders';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { LateMark, OrderStatusMark } from '@/domain/orders/order-marks';
import { openText } from '@/domain/orders/order-table';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Fact } from '@/ui/fact';
import { TextLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import { LinesCard } from './lines-card';
import { OrderActions } from './order-actions';
import { OrderFactsCard } from './order-facts-card';
import { OrderMovementsCard } from './order-movements-card';
import { TimelineCard } from './timeline-card';

const route = getRouteApi('/inside/orders/$orderId');

export function OrderPage() {
  const { orderId } = route.useParams();
  const query = useQuery(orderQuery(orderId));
  return (
    <Loaded query={query} page>
      {(order) => <Shown key={order.id} order={order} />}
    </Loaded>
  );
}

function Shown({ order }: { order: Order }) {
  const words = useOrderWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  return (
    <Page
      title={order.internal_number}
      lead={
        <>
          <TextLink to="/orders" underline="always">
            {words.title}
          </TextLink>
          {` · ${words.type[order.type]} · `}
          {order.supplier_id ? (
            <TextLink
              to="/items/suppliers/$supplierId"
              params={{ supplierId: order.supplier_id }}
              underline="always"
            >
              {order.supplier_name}
            </TextLink>
          ) : (
            order.customer
          )}
        </>
      }
      actions={<OrderActions order={order} />}
    >
      <Summary order={order} />
      <LinesCard order={order} mayManage={mayManage} />
      <OrderFactsCard order={order} mayManage={mayManage} />
      {/* Its words come with the first movement: the rest stays meanwhile. */}
      <Suspense>
        <OrderMovementsCard order={order} />
      </Suspense>
      <TimelineCard order={order} />
    </Page>
  );
}

function Summary({ order }: { order: Order }) {
  const words = useOrderWords();
  const format = useFormat();
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Fact
        label={words.status}
        value={
          <Group gap={4}>
            <OrderStatusMark status={order.status} />
            {order.late ? <LateMark /> : null}
          </Group>
        }
        hint={order.closed_short ? words.closedShort : undefined}
      />
      <Fact
        label={words.total}
        value={format.exactMoney(order.total, order.currency)}
        hint={
          Number(order.costs_total) > 0
            ? `${words.goods} ${format.exactMoney(order.subtotal, order.currency)}, ${words.addCosts.toLowerCase()} ${format.exactMoney(order.costs_total, order.currency)}`
            : undefined
        }
      />
      <Fact
        label={words.expected}
        value={order.expected_at ? format.dayOf(order.expected_at) : words.noDate}
      />
      <Fact
        label={words.lines}
        value={format.number(order.lines.length)}
        hint={openText({ ...order, lines: order.lines.length }, words)}
      />
    </SimpleGrid>
  );
}
