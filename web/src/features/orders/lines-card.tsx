import { ActionIcon, Button, Group, Progress, Table, Text, Tooltip } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Order, OrderLine } from '@/api/orders';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { LineDialog } from './line-dialog';
import { linesOf } from './order-draft';
import { useLineText } from './use-line-text';
import { useChange } from './use-order';

interface LinesCardProps {
  order: Order;
  mayManage: boolean;
}

/** What is ordered, and how much of it is done; the lines of a draft can be changed. */
export function LinesCard({ order, mayManage }: LinesCardProps) {
  const words = useOrderWords();
  const format = useFormat();
  const edits = mayManage && order.status === 'draft';
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title={words.lines}
      aside={
        <Group gap="xs">
          <ExportListButton
            list="order_lines"
            filters={{ q: order.internal_number, type: order.type }}
            size="xs"
          />
          {edits ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => setAdding(true)}
            >
              {words.addLine}
            </Button>
          ) : null}
        </Group>
      }
    >
      <StackedTable
        label={words.lines}
        head={
          <>
            <Table.Th>{words.item}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.ordered}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.price}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.amount}</Table.Th>
            {edits ? <Table.Td /> : <Table.Th>{doneLabel(order, words)}</Table.Th>}
          </>
        }
        foot={
          <Table.Tr>
            <Table.Th scope="row">{words.goods}</Table.Th>
            <Table.Td className={stacked.empty} />
            <Table.Td className={stacked.empty} />
            <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
              {format.exactMoney(order.subtotal, order.currency)}
            </Table.Td>
            <Table.Td className={stacked.empty} />
          </Table.Tr>
        }
      >
        {order.lines.map((line) => (
          <LineRow key={line.line_id} order={order} line={line} edits={edits} />
        ))}
      </StackedTable>
      {adding ? <LineDialog order={order} onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

const doneLabel = (order: Order, words: ReturnType<typeof useOrderWords>): string =>
  order.type === 'purchase' ? words.received : words.shipped;

interface LineRowProps {
  order: Order;
  line: OrderLine;
  edits: boolean;
}

function LineRow({ order, line, edits }: LineRowProps) {
  const words = useOrderWords();
  const format = useFormat();
  const text = useLineText();
  const money = (amount: string | null) =>
    amount === null ? '–' : format.exactMoney(amount, order.currency);
  return (
    <Table.Tr>
      <Table.Th scope="row" className={stacked.name}>
        <TextLink
          to="/items/$itemId"
          params={{ itemId: line.item_id }}
          underline="always"
          size="sm"
        >
          {line.item_name}
        </TextLink>
        <Text span size="xs" c="dimmed" fw={400} className="code">
          {` ${line.sku}`}
        </Text>
      </Table.Th>
      <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
        {text(line, line.quantity)}
      </Table.Td>
      <Table.Td className={`${stacked.quantity} numbers`}>
        <span className={stacked.label}>{words.price}: </span>
        {money(line.price)}
      </Table.Td>
      <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>
        {money(line.amount)}
        {Number(line.costs) > 0 ? (
          <Text size="xs" c="dimmed">
            {words.shareOfCosts(money(line.costs))}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td className={stacked.wide}>
        {edits ? <LineActions order={order} line={line} /> : <Done line={line} />}
      </Table.Td>
    </Table.Tr>
  );
}

/** A bar, and the same in words. */
function Done({ line }: { line: OrderLine }) {
  const words = useOrderWords();
  const format = useFormat();
  const text = useLineText();
  const done = line.received ?? line.shipped ?? 0;
  const share = Math.min(100, (done / line.quantity) * 100);
  return (
    <div style={{ minWidth: 140 }}>
      <Progress.Root size="sm">
        <Progress.Section
          value={share}
          color={line.open === 0 ? 'green' : undefined}
          aria-label={words.progressOf(line.item_name)}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" className="numbers">
        {words.progress(quantityText(format, done, '').trim(), text(line, line.quantity))}
        {line.returned > 0 ? ` · ${words.returned(text(line, line.returned))}` : ''}
      </Text>
    </div>
  );
}

function LineActions({ order, line }: { order: Order; line: OrderLine }) {
  const words = useOrderWords();
  const [editing, setEditing] = useState(false);
  const removing = useChange(order, { onDone: () => undefined });
  const only = order.lines.length === 1;
  const at = order.lines.indexOf(line);
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      <ActionIcon
        variant="default"
        size={32}
        aria-label={words.editLine(line.item_name)}
        onClick={() => setEditing(true)}
      >
        <IconPencil size={16} aria-hidden />
      </ActionIcon>
      <Tooltip label={words.lastLine} disabled={!only}>
        <ActionIcon
          variant="default"
          size={32}
          aria-label={words.removeLine(line.item_name)}
          aria-disabled={only}
          data-disabled={only || undefined}
          loading={removing.isPending}
          onClick={() => {
            if (!only) removing.mutate({ lines: linesOf(order).toSpliced(at, 1) });
          }}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {editing ? <LineDialog order={order} line={line} onClose={() => setEditing(false)} /> : null}
    </Group>
  );
}
