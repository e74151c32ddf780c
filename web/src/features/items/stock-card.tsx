import { Button, Group, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { itemStockQuery, type Balance, type Item } from '@/api/items';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Card } from '@/ui/card';
import { StackedTable } from '@/ui/stacked-table';
import { Loaded } from '@/ui/states';
import { useLateChange } from '@/ui/late-change';
import { instantOf, localOf } from './instants';
import classes from './items.module.css';
import { useWarehouseLabel } from '@/domain/stock/place-text';
import { quantityText } from '@/domain/stock/quantity';

interface StockCardProps {
  item: Item;
  /** The instant that is shown; now, if there is none. */
  at: string | undefined;
  onChange: (at: string | undefined) => void;
}

export function StockCard({ item, at, onChange }: StockCardProps) {
  const words = useItemWords();
  const format = useFormat();
  const query = useQuery(itemStockQuery(item.id, at));
  return (
    <Card
      title={words.stockTitle}
      aside={<MomentField key={at ? 'then' : 'now'} at={at} onChange={onChange} />}
    >
      <Loaded query={query}>
        {(stock) => {
          const filled = stock.balances.filter(({ quantity }) => quantity !== 0);
          return (
            <>
              {at ? (
                <Text size="sm" role="status">
                  {words.asOf(
                    format.dateTime(stock.at),
                    quantityText(format, stock.quantity, stock.unit),
                  )}
                </Text>
              ) : null}
              {filled.length > 0 ? (
                <Balances balances={filled} unit={stock.unit} />
              ) : (
                <Text c="dimmed">{at ? words.stockEmptyThen : words.stockEmpty}</Text>
              )}
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function MomentField({ at, onChange }: Pick<StockCardProps, 'at' | 'onChange'>) {
  const words = useItemWords();
  const [text, setText] = useState(at ? localOf(at) : '');
  const show = useLateChange(onChange, 500);
  return (
    <Group gap="xs" align="end">
      <TextInput
        type="datetime-local"
        label={words.at}
        size="xs"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          const moment = instantOf(event.currentTarget.value);
          if (moment) show(moment);
        }}
      />
      {at ? (
        <Button size="xs" variant="default" onClick={() => onChange(undefined)}>
          {words.backToNow}
        </Button>
      ) : null}
    </Group>
  );
}

function Balances({ balances, unit }: { balances: readonly Balance[]; unit: string }) {
  const words = useItemWords();
  const format = useFormat();
  const warehouseOf = useWarehouseLabel();
  return (
    <StackedTable
      label={words.stockTitle}
      head={
        <>
          <Table.Th>{words.warehouse}</Table.Th>
          <Table.Th>{words.location}</Table.Th>
          <Table.Th>{words.lot}</Table.Th>
          <Table.Th className={classes.quantity}>{words.quantity}</Table.Th>
        </>
      }
    >
      {balances.map(({ warehouse_id, location, lot, quantity }) => (
        <Table.Tr key={[warehouse_id, location, lot].join(' | ')}>
          <Table.Th scope="row" className={classes.name}>
            {warehouseOf(warehouse_id)}
          </Table.Th>
          <Table.Td className={location ? `${classes.end} code` : classes.end}>
            {location ?? words.noLocation}
          </Table.Td>
          <Table.Td className={lot ? undefined : classes.empty}>
            {lot ? (
              <>
                <span className={classes.label}>{words.lot} </span>
                <span className="code">{lot}</span>
              </>
            ) : null}
          </Table.Td>
          <Table.Td className={`${classes.quantity} ${classes.end} numbers`}>
            {quantityText(format, quantity, unit)}
          </Table.Td>
        </Table.Tr>
      ))}
    </StackedTable>
  );
}
