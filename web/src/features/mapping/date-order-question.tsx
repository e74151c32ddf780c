import { Radio, SimpleGrid, Text } from '@mantine/core';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { DATE_ORDERS, possibleOrders, readDate, telling, type DateOrder } from './date-reading';
import classes from './mapping.module.css';

interface DateOrderQuestionProps {
  samples: readonly string[];
  value: DateOrder | null;
  onChange: (order: DateOrder) => void;
}

/** Each answer shows what it would make of a date of the file: a wrong one is easily seen. */
export function DateOrderQuestion({ samples, value, onChange }: DateOrderQuestionProps) {
  const { mapping: words } = useMessages();
  const format = useFormat();
  const sample = telling(samples);
  const possible = possibleOrders(samples);
  const orders = possible.length > 0 ? possible : DATE_ORDERS;
  return (
    <Card>
      <Radio.Group
        label={words.dateOrder}
        description={words.dateOrderHint}
        value={value ?? ''}
        onChange={(order) => onChange(order as DateOrder)}
      >
        <SimpleGrid cols={{ base: 1, xs: orders.length }} mt="sm" spacing="xs">
          {orders.map((order) => {
            const date = sample ? readDate(sample, order) : null;
            return (
              <Radio.Card
                key={order}
                value={order}
                className={classes.order}
                aria-label={words.dateOrders[order]}
              >
                <Text fw={600} size="sm">
                  {words.dateOrders[order]}
                </Text>
                {sample ? (
                  <Text size="sm" c="dimmed">
                    {date ? words.readAs(sample, format.longDate(date)) : words.notADate(sample)}
                  </Text>
                ) : null}
              </Radio.Card>
            );
          })}
        </SimpleGrid>
      </Radio.Group>
    </Card>
  );
}
