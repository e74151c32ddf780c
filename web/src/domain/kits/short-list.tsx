import { Stack, Text } from '@mantine/core';
import type { Availability, Shortage } from '@/api/kits';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useKitWords } from '@/i18n/kits';
import { TextLink } from '@/ui/link';
import classes from './kits.module.css';

/** What is to be assembled first, and what is short even then: how much, from whom and when. */
export function ShortList({ availability }: { availability: Availability }) {
  const words = useKitWords();
  const format = useFormat();
  const { sub_kits: subKits, short } = availability;
  if (subKits.length === 0 && short.length === 0) return null;
  return (
    <Stack gap="xs">
      {subKits.length > 0 ? (
        <section aria-label={words.first}>
          <Text size="sm" fw={600}>
            {words.first}
          </Text>
          <ul className={classes.list}>
            {subKits.map(({ item_id, name, quantity, unit }) => (
              <li key={item_id}>
                <TextLink
                  to="/items/$itemId"
                  params={{ itemId: item_id }}
                  underline="always"
                  size="sm"
                >
                  {words.firstOf(quantityText(format, quantity, unit), name)}
                </TextLink>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {short.length > 0 ? (
        <section aria-label={words.short}>
          <Text size="sm" fw={600}>
            {words.short}
          </Text>
          <ul className={classes.list}>
            {short.map((each) => (
              <li key={each.item_id}>
                <Short shortage={each} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Stack>
  );
}

function Short({ shortage }: { shortage: Shortage }) {
  const words = useKitWords();
  const format = useFormat();
  const { name, unit, needed, free, short, source, on_order: orders } = shortage;
  const amount = (quantity: number) => quantityText(format, quantity, unit);
  const size = source ? quantityText(format, source.pack_size, source.unit) : '';
  return (
    <>
      <Text size="sm">
        <TextLink
          to="/items/$itemId"
          params={{ itemId: shortage.item_id }}
          underline="always"
          inherit
        >
          {words.shortOf(amount(short), name)}
        </TextLink>
        {`. ${words.needed(amount(needed), amount(free))}`}
      </Text>
      <Text size="sm" c="dimmed">
        {source
          ? [
              words.from(words.packs(source.packs, size), source.supplier),
              source.expected_at ? words.arrives(format.date(source.expected_at)) : null,
            ]
              .filter(Boolean)
              .join(', ')
          : words.nobodySells}
      </Text>
      {orders.map(({ order_id, number, quantity, expected_at }) => (
        <Text key={order_id} size="sm" c="dimmed">
          <TextLink to="/orders/$orderId" params={{ orderId: order_id }} underline="always" inherit>
            {words.onOrder(amount(quantity), number)}
          </TextLink>
          {expected_at ? `, ${words.arrives(format.date(expected_at))}` : null}
        </Text>
      ))}
    </>
  );
}
