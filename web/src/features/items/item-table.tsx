import { Badge, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { categoriesQuery } from '@/api/catalog';
import type { ItemSummary } from '@/api/items';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import classes from './items.module.css';
import { quantityText } from './quantity';

export function ItemTable({ items }: { items: readonly ItemSummary[] }) {
  const words = useItemWords();
  const format = useFormat();
  const categories = useQuery(categoriesQuery()).data ?? [];
  const nameById = new Map(categories.map(({ id, path }) => [id, path.join(' / ')]));
  return (
    <Card p={0}>
      <Table
        aria-label={words.title}
        verticalSpacing="sm"
        horizontalSpacing="md"
        className={classes.table}
        data-inset
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th className={classes.quantity}>{words.quantity}</Table.Th>
            <Table.Th>{words.sku}</Table.Th>
            <Table.Th>{words.category}</Table.Th>
            <Table.Th>{words.status}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
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
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
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
