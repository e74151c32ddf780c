import { Button, Group, Table, Text } from '@mantine/core';
import type { CountLine } from '@/api/counts';
import { quantityText, signedText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useStockWords } from '@/i18n/stock';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { NumberField } from '@/ui/number-field';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { varianceOf, type Counted } from './count-draft';
import classes from './stock.module.css';
import { useLineText } from './use-line-text';

interface CountTableProps {
  lines: readonly CountLine[];
  /** While it is counted; a posted count has it in its lines. */
  counted?: Counted;
  onCount?: (line: number, quantity: number | '') => void;
}

export function CountTable({ lines, counted, onCount }: CountTableProps) {
  const { item, location, tabs, count: words } = useStockWords();
  return (
    <Card p={0}>
      <StackedTable
        inset
        label={tabs.counts}
        head={
          <>
            <Table.Th>{item}</Table.Th>
            <Table.Th>{location}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.expected}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.counted}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.difference}</Table.Th>
          </>
        }
      >
        {lines.map((line) => (
          <Row key={line.line} line={line} counted={counted} onCount={onCount} />
        ))}
      </StackedTable>
    </Card>
  );
}

interface RowProps {
  line: CountLine;
  counted: Counted | undefined;
  onCount: CountTableProps['onCount'];
}

function Row({ line, counted, onCount }: RowProps) {
  const { count: words } = useStockWords();
  const format = useFormat();
  const { name, place, unit } = useLineText(line);
  const difference = counted ? varianceOf(line, counted) : line.difference;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={stacked.name}>
        <TextLink
          to="/items/$itemId"
          params={{ itemId: line.item_id }}
          underline="always"
          size="sm"
        >
          {name}
        </TextLink>
      </Table.Th>
      <Table.Td className={`${stacked.end} code`}>{place}</Table.Td>
      <Table.Td className={`${stacked.quantity} numbers`}>
        <span className={stacked.label}>{words.expected}: </span>
        {quantityText(format, line.expected, unit)}
      </Table.Td>
      <Table.Td className={`${stacked.quantity} ${onCount ? stacked.wide : stacked.end} numbers`}>
        {onCount ? (
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            <NumberField
              aria-label={words.countedOf(`${name}, ${place}`)}
              w={140}
              min={0}
              value={counted?.[line.line]?.quantity ?? ''}
              onChange={(quantity) => onCount(line.line, quantity)}
            />
            <Button
              size="xs"
              variant="default"
              aria-label={`${words.asBook}: ${name}, ${place}`}
              onClick={() => onCount(line.line, line.expected)}
            >
              {words.asBook}
            </Button>
          </Group>
        ) : line.counted === null ? (
          <Text span c="dimmed">
            –
          </Text>
        ) : (
          <>
            <span className={stacked.label}>{words.counted}: </span>
            {quantityText(format, line.counted, line.counted_unit ?? unit)}
          </>
        )}
      </Table.Td>
      <Table.Td
        className={`${stacked.quantity} ${difference ? classes.off : ''} ${stacked.end} numbers`}
      >
        {difference === undefined || difference === null ? null : (
          <>
            <span className={stacked.label}>{words.difference}: </span>
            {signedText(format, difference)}
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
