import { Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Item } from '@/api/items';
import { movementsQuery, type Movement } from '@/api/movements';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Card } from '@/ui/card';
import { FreeText } from '@/ui/free-text';
import { LoadMore } from '@/ui/load-more';
import { Loaded } from '@/ui/states';
import classes from './items.module.css';
import { usePlaceText } from './place-text';
import { personOf, quantityText, signedText } from './quantity';

export function MovementsCard({ item }: { item: Item }) {
  const words = useItemWords();
  const query = useInfiniteQuery(movementsQuery(item.id));
  const all = query.data?.pages.flatMap((page) => page.movements);
  return (
    <Card title={words.movements}>
      <Loaded query={{ ...query, data: all }}>
        {(movements) =>
          movements.length === 0 ? (
            <Text c="dimmed">{words.movementsEmpty}</Text>
          ) : (
            <Table aria-label={words.movements} verticalSpacing="xs" className={classes.table}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.kind}</Table.Th>
                  <Table.Th className={classes.quantity}>{words.quantity}</Table.Th>
                  <Table.Th>{words.place}</Table.Th>
                  <Table.Th className={classes.quantity}>{words.balanceAfter}</Table.Th>
                  <Table.Th>{words.when}</Table.Th>
                  <Table.Th>{words.reason}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {movements.map((movement) => (
                  <MovementRow key={movement.id} movement={movement} unit={item.unit} />
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      <LoadMore query={query} />
    </Card>
  );
}

function MovementRow({ movement, unit }: { movement: Movement; unit: string }) {
  const words = useItemWords();
  const format = useFormat();
  const placeText = usePlaceText();
  const person = personOf(movement.by);
  const { to, reason } = movement;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {words.kinds[movement.kind]}
        {movement.reversed_by ? (
          <Text span size="xs" c="dimmed" fw={400}>
            {` · ${words.reversed}`}
          </Text>
        ) : null}
      </Table.Th>
      <Table.Td className={`${classes.quantity} ${classes.end} numbers`}>
        {/* What is moved elsewhere is neither more nor less. */}
        {to
          ? quantityText(format, movement.quantity, unit)
          : `${signedText(format, movement.quantity)} ${unit}`}
      </Table.Td>
      <Table.Td className={classes.name}>
        {placeText(movement)}
        {to ? ` → ${placeText(to, movement)}` : null}
      </Table.Td>
      <Table.Td className={`${classes.quantity} ${classes.end} numbers`}>
        <span className={classes.label}>{words.balanceAfter}: </span>
        {quantityText(format, movement.balance_after, unit)}
      </Table.Td>
      <Table.Td className={classes.when}>
        {format.dateTime(movement.effective_at)}
        {person ? ` ${words.byWhom(person)}` : null}
      </Table.Td>
      <Table.Td className={reason ? classes.wide : classes.empty}>
        {reason ? <FreeText size="sm" text={reason} /> : null}
      </Table.Td>
    </Table.Tr>
  );
}
