import { Badge, Button, Checkbox, Group, Table, Text } from '@mantine/core';
import type { LowStockItem } from '@/api/analytics';
import { quantityText } from '@/domain/stock/quantity';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { ItemName } from './figure-table';
import { canBeOrdered } from './suggested-orders';

interface LowTableProps {
  items: readonly LowStockItem[];
  chosen: ReadonlySet<string>;
  /** What may be done with them; nothing for those who only read. */
  acts?: LowActs | undefined;
}

export interface LowActs {
  onChoose: (ids: readonly string[], isChosen: boolean) => void;
  onOrder: (item: LowStockItem) => void;
  isDrawing: boolean;
}

export function LowTable({ items, chosen, acts }: LowTableProps) {
  const words = useFigureWords();
  const { low } = words;
  const orderable = items.filter(canBeOrdered).map(({ item_id }) => item_id);
  const all = orderable.length > 0 && orderable.every((id) => chosen.has(id));
  const some = orderable.some((id) => chosen.has(id));
  return (
    <Card p={0}>
      {acts && orderable.length > 0 ? (
        <Checkbox
          p="md"
          pb={0}
          label={low.chooseAll}
          checked={all}
          indeterminate={some && !all}
          onChange={(event) => acts.onChoose(orderable, event.currentTarget.checked)}
        />
      ) : null}
      <StackedTable
        inset
        label={words.section.low}
        head={
          <>
            <Table.Th>{words.item}</Table.Th>
            <Table.Th className={stacked.quantity}>{low.free}</Table.Th>
            <Table.Th className={stacked.quantity}>{low.point}</Table.Th>
            <Table.Th>{low.order}</Table.Th>
            <Table.Th>{low.from}</Table.Th>
            <Table.Th>{low.until}</Table.Th>
            {acts ? <Table.Td /> : null}
          </>
        }
      >
        {items.map((item) => (
          <LowRow key={item.item_id} item={item} isChosen={chosen.has(item.item_id)} acts={acts} />
        ))}
      </StackedTable>
    </Card>
  );
}

interface LowRowProps {
  item: LowStockItem;
  isChosen: boolean;
  acts: LowActs | undefined;
}

function LowRow({ item, isChosen, acts }: LowRowProps) {
  const { low } = useFigureWords();
  const format = useFormat();
  const quantity = (count: number) => quantityText(format, count, item.unit);
  const { offer } = item;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={stacked.name}>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          {acts && canBeOrdered(item) ? (
            <Checkbox
              aria-label={low.choose(item.name)}
              checked={isChosen}
              onChange={(event) => acts.onChoose([item.item_id], event.currentTarget.checked)}
            />
          ) : null}
          <div>
            <ItemName item={item} />
          </div>
        </Group>
      </Table.Th>
      <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
        {quantity(item.free)}
        {item.reserved > 0 ? <Small>{low.reserved(quantity(item.reserved))}</Small> : null}
        {item.on_order > 0 ? <Small>{low.onOrder(quantity(item.on_order))}</Small> : null}
      </Table.Td>
      <Table.Td className={`${stacked.quantity} numbers`}>
        <Text span inherit hiddenFrom="sm" c="dimmed" size="xs">
          {`${low.point} `}
        </Text>
        {quantity(item.reorder_point)}
      </Table.Td>
      <Table.Td className={stacked.end}>
        {item.suggested_quantity > 0 ? (
          <>
            <Text span inherit hiddenFrom="sm" c="dimmed" size="xs">
              {`${low.order} `}
            </Text>
            {quantity(item.suggested_quantity)}
            {offer ? <Small>{low.packs(offer.packs, quantity(offer.pack_size))}</Small> : null}
          </>
        ) : (
          <Small>{low.unknown.on_order}</Small>
        )}
      </Table.Td>
      <Table.Td>
        {offer ? (
          <>
            {offer.supplier_name}
            <Small>{low.chosen[offer.chosen]}</Small>
          </>
        ) : (
          <Small>{low.unknown.no_offer}</Small>
        )}
      </Table.Td>
      <Table.Td className={stacked.end}>
        <Until item={item} />
      </Table.Td>
      {acts ? (
        <Table.Td ta={{ sm: 'right' }} className={canBeOrdered(item) ? stacked.end : stacked.empty}>
          {canBeOrdered(item) ? (
            <Button
              size="xs"
              variant="default"
              aria-label={low.orderOnly(item.name)}
              disabled={acts.isDrawing}
              onClick={() => acts.onOrder(item)}
            >
              {low.order}
            </Button>
          ) : null}
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}

function Until({ item }: { item: LowStockItem }) {
  const { low } = useFigureWords();
  const format = useFormat();
  const reasons = item.unknown.filter((each) => each === 'no_use' || each === 'no_lead_time');
  return (
    <>
      {item.order_by ? (
        <Group gap={6}>
          {format.date(item.order_by)}
          {item.is_late ? (
            <Badge color="red" variant="light" tt="none">
              {low.late}
            </Badge>
          ) : null}
        </Group>
      ) : null}
      {item.days_left === null ? null : <Small>{low.lastsDays(item.days_left)}</Small>}
      {reasons.length > 0 ? (
        <Small>{reasons.map((reason) => low.unknown[reason]).join(', ')}</Small>
      ) : null}
    </>
  );
}

function Small({ children }: { children: string }) {
  return (
    <Text span size="xs" c="dimmed" fw={400} display="block">
      {children}
    </Text>
  );
}
