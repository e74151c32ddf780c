import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFigureWords } from '@/i18n/analytics';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';

export interface FigureColumn<Row> {
  name: string;
  cell: (row: Row) => ReactNode;
  /** Words stand at the beginning, numbers at the end. */
  isText?: boolean;
}

interface FigureTableProps<Row> {
  label: string;
  /** What the rows are about. */
  head: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  name: (row: Row) => ReactNode;
  columns: readonly FigureColumn<Row>[];
}

/** On a phone they stand beside the name and then in pairs. */
const classOf = ({ isText }: { isText?: boolean }, index: number): string =>
  [isText ? '' : `${stacked.quantity} numbers`, index % 2 === 0 ? stacked.end : '']
    .filter(Boolean)
    .join(' ');

/** Names, and figures about each; on a phone each figure says what it is. */
export function FigureTable<Row>(props: FigureTableProps<Row>) {
  const { label, head, rows, keyOf, name, columns } = props;
  return (
    <Card p={0}>
      <StackedTable
        inset
        label={label}
        head={
          <>
            <Table.Th>{head}</Table.Th>
            {columns.map((column) => (
              <Table.Th key={column.name} className={column.isText ? undefined : stacked.quantity}>
                {column.name}
              </Table.Th>
            ))}
          </>
        }
      >
        {rows.map((row) => (
          <Table.Tr key={keyOf(row)}>
            <Table.Th scope="row" className={stacked.name}>
              {name(row)}
            </Table.Th>
            {columns.map((column, index) => (
              <Table.Td key={column.name} className={classOf(column, index)}>
                <Text span inherit hiddenFrom="sm" c="dimmed" size="xs">
                  {`${column.name} `}
                </Text>
                {column.cell(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </StackedTable>
    </Card>
  );
}

/** An item by its name, leading to its page. */
export function ItemName({
  item,
}: {
  item: { item_id: string; name: string | null; sku: string | null };
}) {
  const { stock } = useFigureWords();
  return (
    <>
      <TextLink
        to="/items/$itemId"
        params={{ itemId: item.item_id }}
        underline="always"
        size="sm"
        fw={600}
      >
        {item.name ?? stock.unknown}
      </TextLink>
      {item.sku ? (
        <Text span size="xs" c="dimmed" fw={400} display="block" className="code">
          {item.sku}
        </Text>
      ) : null}
    </>
  );
}
