import { Checkbox, Table, Text } from '@mantine/core';
import type { StockLine } from '@/api/stock';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useStockWords } from '@/i18n/stock';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import classes from './stock.module.css';

export const keyOf = ({ item_id, location, lot }: StockLine): string =>
  [location, item_id, lot].join('|');

interface StockTableProps {
  lines: readonly StockLine[];
  chosen: ReadonlyMap<string, unknown>;
  /** Not for those who only read. */
  onChoose: ((line: StockLine, chosen: boolean) => void) | undefined;
}

export function StockTable({ lines, chosen, onChoose }: StockTableProps) {
  const words = useStockWords();
  return (
    <Card p={0}>
      <StackedTable
        inset
        label={words.tabs.stock}
        head={
          <>
            {onChoose ? <Table.Td className={classes.tick} /> : null}
            <Table.Th>{words.location}</Table.Th>
            <Table.Th>{words.item}</Table.Th>
            <Table.Th>{words.lot}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.quantity}</Table.Th>
          </>
        }
      >
        {lines.map((line) => (
          <Row key={keyOf(line)} line={line} chosen={chosen.has(keyOf(line))} onChoose={onChoose} />
        ))}
      </StackedTable>
    </Card>
  );
}

function Row({
  line,
  chosen,
  onChoose,
}: Pick<StockTableProps, 'onChoose'> & { line: StockLine; chosen: boolean }) {
  const words = useStockWords();
  const format = useFormat();
  const { location, lot, item_name: name } = line;
  const place = [name, location ?? words.noLocation, lot ? words.lotOf(lot) : null];
  return (
    <Table.Tr className={onChoose ? classes.line : undefined}>
      {onChoose ? (
        <Table.Td className={classes.tick}>
          <Checkbox
            aria-label={words.where.choose(place.filter(Boolean).join(', '))}
            checked={chosen}
            onChange={(event) => onChoose(line, event.currentTarget.checked)}
          />
        </Table.Td>
      ) : null}
      <Table.Th scope="row" className={`${classes.rest} ${location ? 'code' : ''}`}>
        {location ?? (
          <Text span inherit c="dimmed">
            {words.noLocation}
          </Text>
        )}
      </Table.Th>
      <Table.Td className={`${stacked.name} ${classes.rest}`}>
        <TextLink
          to="/items/$itemId"
          params={{ itemId: line.item_id }}
          underline="always"
          size="sm"
        >
          {name}
        </TextLink>
        <Text span size="sm" c="dimmed" className="code">{` ${line.sku}`}</Text>
      </Table.Td>
      <Table.Td className={lot ? classes.rest : stacked.empty}>
        {lot ? (
          <>
            <span className={stacked.label}>{words.lot} </span>
            <span className="code">{lot}</span>
          </>
        ) : null}
      </Table.Td>
      <Table.Td className={`${stacked.quantity} ${onChoose ? classes.last : stacked.end} numbers`}>
        {quantityText(format, line.quantity, line.unit)}
        {line.reserved ? (
          <Text size="xs" c="dimmed">
            {words.where.reserved(quantityText(format, line.reserved, line.unit))}
          </Text>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}
