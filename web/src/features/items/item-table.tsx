import { Badge, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { categoriesQuery } from '@/api/catalog';
import type { ItemSummary } from '@/api/items';
import { mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { UseButton } from '@/domain/consumption/use-button';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { StackedTable } from '@/ui/stacked-table';
import classes from './items.module.css';
import { quantityText } from '@/domain/stock/quantity';

export function ItemTable({ items }: { items: readonly ItemSummary[] }) {
  const words = useItemWords();
  const format = useFormat();
  const mayMove = mayMoveStock(useCompanyRole());
  const categories = useQuery(categoriesQuery()).data ?? [];
  const nameById = new Map(categories.map(({ id, path }) => [id, path.join(' / ')]));
  return (
    <Card p={0}>
      <StackedTable
        inset
        label={words.title}
        className={classes.table}
        head={
          <>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th className={classes.quantity}>{words.quantity}</Table.Th>
            <Table.Th>{words.sku}</Table.Th>
            <Table.Th>{words.category}</Table.Th>
            <Table.Th>{words.status}</Table.Th>
            {mayMove ? <Table.Td /> : null}
          </>
        }
      >
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Th scope="row" className={classes.name}>
              <TextLink
                to="/items/$itemId"
                params={{ itemId: item.id }}
                underline="always"
                size="sm"
              >
                {item.name}
              </TextLink>
            </Table.Th>
            <Table.Td className={`${classes.quantity} ${classes.end} numbers`}>
              <div className={classes.amount}>
                {item.low_stock ? <LowStock /> : null}
                {quantityText(format, item.quantity, item.unit)}
              </div>
            </Table.Td>
            <Table.Td className={`${classes.sku} code`}>{item.sku}</Table.Td>
            <Table.Td className={item.category ? classes.category : classes.empty}>
              {item.category ? (nameById.get(item.category) ?? '…') : null}
            </Table.Td>
            <Table.Td className={classes.status}>
              <Text span size="sm" c={item.status === 'active' ? undefined : 'dimmed'}>
                {words.statuses[item.status]}
              </Text>
            </Table.Td>
            {mayMove ? (
              <Table.Td className={classes.use}>
                <UseButton item={item} size="xs" named />
              </Table.Td>
            ) : null}
          </Table.Tr>
        ))}
      </StackedTable>
    </Card>
  );
}

export function LowStock() {
  const words = useItemWords();
  return (
    <Badge variant="light" color="orange" tt="none" style={{ flex: 'none' }}>
      {words.lowStock}
    </Badge>
  );
}
