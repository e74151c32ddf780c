import { Button, Group, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { itemQuery, type Item } from '@/api/items';
import { mayManageCatalog, mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { RatesCard } from '@/domain/consumption/rates-card';
import { UseButton } from '@/domain/consumption/use-button';
import { KitCard } from '@/domain/kits/kit-card';
import { OrdersCard } from '@/domain/orders/orders-card';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { useOrderWords } from '@/i18n/orders';
import { Fact } from '@/ui/fact';
import { TextLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import { ItemActions } from './item-actions';
import { ItemDetails } from './item-details';
import { LowStock } from './item-table';
import { LotsCard } from './lots-card';
import { MoveDialog } from './move-dialog';
import type { QuickKind } from './move-draft';
import { MovementsCard } from './movements-card';
import { SnapshotsCard } from './snapshots-card';
import { StockCard } from './stock-card';
import { StockChart } from './stock-chart';
import { TransferButton } from './transfer-button';

const route = getRouteApi('/inside/items/$itemId');

export function ItemPage() {
  const { itemId } = route.useParams();
  const query = useQuery(itemQuery(itemId));
  return (
    <Loaded query={query} page>
      {(item) => <Shown item={item} />}
    </Loaded>
  );
}

function Shown({ item }: { item: Item }) {
  const words = useItemWords();
  const orders = useOrderWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const { at } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title={item.name}
      lead={
        <>
          <TextLink to="/items" underline="always">
            {words.title}
          </TextLink>
          {' · '}
          <Text span inherit className="code">
            {item.sku}
          </Text>
          {` · ${words.statuses[item.status]}`}
        </>
      }
      actions={
        <>
          <QuickMoves item={item} />
          {mayManage ? <ItemActions item={item} /> : null}
        </>
      }
    >
      <Facts item={item} />
      <StockCard
        item={item}
        at={at}
        onChange={(moment) => void navigate({ search: { at: moment }, replace: true })}
      />
      <KitCard item={item} />
      <StockChart item={item} />
      <RatesCard warehouse={undefined} filter={{ item: item.id }} quiet />
      <SnapshotsCard item={item} />
      <LotsCard item={item} mayManage={mayManage} />
      <OrdersCard filter={{ item_id: item.id }} empty={orders.ofItemEmpty} />
      <MovementsCard item={item} />
      <ItemDetails item={item} />
    </Page>
  );
}

function QuickMoves({ item }: { item: Item }) {
  const words = useItemWords();
  const [moving, setMoving] = useState<QuickKind | null>(null);
  if (!mayMoveStock(useCompanyRole())) return null;
  const button = (kind: QuickKind, label: string) => (
    <Button
      key={kind}
      variant={kind === 'receipt' ? 'filled' : 'default'}
      // What is archived takes corrections only.
      disabled={item.status === 'archived' && kind !== 'adjustment'}
      onClick={() => setMoving(kind)}
    >
      {label}
    </Button>
  );
  return (
    <>
      <Group gap="xs">
        {button('receipt', words.receive)}
        {button('issue', words.issue)}
        {button('adjustment', words.adjust)}
        <UseButton item={item} />
        <TransferButton item={item} />
      </Group>
      {moving ? <MoveDialog item={item} kind={moving} onClose={() => setMoving(null)} /> : null}
    </>
  );
}

function Facts({ item }: { item: Item }) {
  const words = useItemWords();
  const format = useFormat();
  const { reorder_point: reorderPoint, unit_cost: cost, currency } = item;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Fact
        label={words.now}
        value={quantityText(format, item.quantity, item.unit)}
        hint={item.low_stock ? <LowStock /> : undefined}
      />
      {reorderPoint === null ? null : (
        <Fact label={words.reorderPoint} value={quantityText(format, reorderPoint, item.unit)} />
      )}
      {cost === null ? null : (
        <Fact
          label={words.unitCost}
          value={currency ? format.money(Number(cost), currency) : cost}
        />
      )}
    </SimpleGrid>
  );
}
