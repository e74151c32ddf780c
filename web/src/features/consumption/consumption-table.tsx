import { Badge, Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Consumption } from '@/api/consumption';
import { mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { useMayMoveIn } from '@/domain/access/moving';
import { personOf, signedText } from '@/domain/stock/quantity';
import { useWarehouseLabel } from '@/domain/stock/place-text';
import { useConsumptionWords } from '@/i18n/consumption';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { FreeText } from '@/ui/free-text';
import { TextLink } from '@/ui/link';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { CorrectDialog } from './correct-dialog';

/** The log, newest first; whoever may move stock can correct each entry once. */
export function ConsumptionTable({ entries }: { entries: readonly Consumption[] }) {
  const words = useConsumptionWords();
  const mayMove = mayMoveStock(useCompanyRole());
  const [correcting, setCorrecting] = useState<Consumption | null>(null);
  return (
    <Card p={0}>
      <StackedTable
        inset
        label={words.title}
        head={
          <>
            <Table.Th>{words.item}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.quantity}</Table.Th>
            <Table.Th>{words.purpose}</Table.Th>
            <Table.Th>{words.when}</Table.Th>
            <Table.Th>{words.note}</Table.Th>
            {mayMove ? <Table.Td /> : null}
          </>
        }
      >
        {entries.map((entry) => (
          <Row
            key={entry.id}
            entry={entry}
            mayMove={mayMove}
            onCorrect={() => setCorrecting(entry)}
          />
        ))}
      </StackedTable>
      {correcting ? <CorrectDialog entry={correcting} onClose={() => setCorrecting(null)} /> : null}
    </Card>
  );
}

interface RowProps {
  entry: Consumption;
  mayMove: boolean;
  onCorrect: () => void;
}

function Row({ entry, mayMove, onCorrect }: RowProps) {
  const words = useConsumptionWords();
  const format = useFormat();
  const warehouseOf = useWarehouseLabel();
  const mayMoveIn = useMayMoveIn();
  const person = entry.by_name ?? personOf(entry.by);
  // What was used is told as such: with a sign only where something came back.
  const amount =
    entry.quantity < 0
      ? `${signedText(format, entry.quantity)} ${entry.unit}`
      : `${format.number(entry.quantity, 9)} ${entry.unit}`;
  const open = mayMoveIn(entry.warehouse_id) && !entry.corrected_by && entry.standing > 0;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={stacked.name}>
        <TextLink
          to="/items/$itemId"
          params={{ itemId: entry.item_id }}
          underline="always"
          size="sm"
        >
          {entry.item_name}
        </TextLink>
        {entry.of_components ? (
          <Text span size="xs" c="dimmed" fw={400}>
            {` ${words.ofComponents}`}
          </Text>
        ) : null}
        {entry.corrects ? (
          <Badge variant="light" color="gray" tt="none" ml="xs">
            {words.correction}
          </Badge>
        ) : entry.corrected_by ? (
          <Text span size="xs" c="dimmed" fw={400}>
            {` · ${words.corrected}`}
          </Text>
        ) : null}
      </Table.Th>
      <Table.Td className={`${stacked.quantity} ${stacked.end} numbers`}>{amount}</Table.Td>
      <Table.Td
        miw="8rem"
        className={entry.purpose ? `${stacked.name} ${stacked.wide}` : stacked.empty}
      >
        {entry.purpose}
      </Table.Td>
      <Table.Td className={stacked.wide}>
        <Text span size="sm">
          {[
            format.dateTime(entry.effective_at),
            person ? words.by(person) : null,
            warehouseOf(entry.warehouse_id),
          ]
            .filter(Boolean)
            .join(', ')}
        </Text>
      </Table.Td>
      <Table.Td className={entry.note ? stacked.wide : stacked.empty}>
        {entry.note ? <FreeText size="sm" text={entry.note} /> : null}
      </Table.Td>
      {mayMove ? (
        <Table.Td ta="right" className={open ? stacked.wide : stacked.empty}>
          {open ? (
            <Button
              size="xs"
              variant="default"
              aria-label={words.correctOf(
                `${entry.item_name}, ${amount}, ${format.dateTime(entry.effective_at)}`,
              )}
              onClick={onCorrect}
            >
              {words.correct}
            </Button>
          ) : null}
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}
