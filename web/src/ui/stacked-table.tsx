import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import stacked from './stacked-table.module.css';

interface StackedTableProps {
  label: string;
  /** The cells of the row of headings. */
  head: ReactNode;
  /** Whether it fills its card from edge to edge, as the list of a whole page does. */
  inset?: boolean;
  className?: string | undefined;
  /** Rows, with the classes of stacked-table.module.css on their cells. */
  children: ReactNode;
  foot?: ReactNode;
}

/** A table whose rows are stacked on a phone. */
export function StackedTable(props: StackedTableProps) {
  const { label, head, inset, className, children, foot } = props;
  return (
    <Table
      aria-label={label}
      verticalSpacing={inset ? 'sm' : 'xs'}
      horizontalSpacing={inset ? 'md' : 'xs'}
      className={className ? `${stacked.table} ${className}` : stacked.table}
      data-inset={inset || undefined}
    >
      <Table.Thead>
        <Table.Tr>{head}</Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
      {foot ? <Table.Tfoot>{foot}</Table.Tfoot> : null}
    </Table>
  );
}
