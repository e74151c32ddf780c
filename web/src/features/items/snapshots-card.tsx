import { Group, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { itemPalletsQuery, itemStockQuery, type Item, type ItemInWarehouse } from '@/api/items';
import { PriorityMark, StatusMark } from '@/domain/anomalies/marks';
import { ShortSentence } from '@/domain/anomalies/short-sentence';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { PalletLink } from '@/domain/pallets/pallet-link';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { LoadMore } from '@/ui/load-more';
import { StackedTable } from '@/ui/stacked-table';
import { Loaded } from '@/ui/states';
import classes from './items.module.css';
import { countedText, ledgerOf } from './snapshot-text';

/** Where the newest inventories of the reader's warehouses saw the item, and what is wrong there. */
export function SnapshotsCard({ item }: { item: Item }) {
  const words = useItemWords();
  const query = useInfiniteQuery(itemPalletsQuery(item.id));
  const all = query.data?.pages.flatMap((page) => page.warehouses);
  return (
    <>
      <AnomaliesCard warehouses={all ?? []} />
      <Card title={words.snapshots}>
        <Loaded query={{ ...query, data: all }}>
          {(warehouses) =>
            warehouses.length === 0 && !query.hasNextPage ? (
              <Text c="dimmed">{words.snapshotsEmpty}</Text>
            ) : (
              <Stack gap="lg">
                {warehouses.map((found) => (
                  <InWarehouse key={found.warehouse_id} item={item} found={found} />
                ))}
              </Stack>
            )
          }
        </Loaded>
        <LoadMore query={query} />
      </Card>
    </>
  );
}

function InWarehouse({ item, found }: { item: Item; found: ItemInWarehouse }) {
  const words = useItemWords();
  const format = useFormat();
  return (
    <section aria-label={found.warehouse_name}>
      <Group gap="xs" justify="space-between">
        <TextLink fw={600} to="/reports/$reportId" params={{ reportId: found.report_id }}>
          {found.warehouse_name}
        </TextLink>
        <Text size="sm" c="dimmed">
          {words.snapshotOf(format.dateTime(found.as_of))}
        </Text>
      </Group>
      <Text size="sm">
        {[
          found.stays.every(({ type }) => type === 'pallet')
            ? words.onPallets(found.pallets)
            : words.inLines(found.pallets),
          words.inLocations(found.locations),
          countedText(format, found.quantities),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Ledger item={item} found={found} />
      <StackedTable
        label={words.palletsIn(found.warehouse_name)}
        head={
          <>
            <Table.Th>{words.location}</Table.Th>
            <Table.Th>{words.pallet}</Table.Th>
            <Table.Th className={classes.quantity}>{words.quantity}</Table.Th>
          </>
        }
      >
        {found.stays.map((stay) => (
          <Table.Tr key={`${stay.type} ${stay.id}`}>
            <Table.Th scope="row" className={stay.location ? 'code' : undefined}>
              {stay.location ?? words.noLocation}
            </Table.Th>
            <Table.Td className={`${classes.name} ${classes.end}`}>
              <PalletLink pallet={stay.id} warehouse={found.warehouse_id} />
            </Table.Td>
            <Table.Td className={`${classes.quantity} ${classes.end} numbers`}>
              {countedText(format, stay.quantities)}
            </Table.Td>
          </Table.Tr>
        ))}
      </StackedTable>
      {found.pallets > found.stays.length ? (
        <Text size="sm" c="dimmed">
          {words.morePallets(found.pallets - found.stays.length)}
        </Text>
      ) : null}
    </section>
  );
}

/** What the ledger says beside what the file says: a difference is no error by itself. */
function Ledger({ item, found }: { item: Item; found: ItemInWarehouse }) {
  const words = useItemWords();
  const format = useFormat();
  const { data: stock } = useQuery(itemStockQuery(item.id));
  if (!stock || found.quantities.length === 0) return null;
  const booked = quantityText(format, ledgerOf(stock.balances, found.warehouse_id), stock.unit);
  return (
    <Text size="sm" c="dimmed">
      {words.ledgerBeside(booked)}
    </Text>
  );
}

function AnomaliesCard({ warehouses }: { warehouses: readonly ItemInWarehouse[] }) {
  const words = useItemWords();
  const title = useRuleTitle();
  const troubled = warehouses.filter(({ anomalies }) => anomalies.length > 0);
  if (troubled.length === 0) return null;
  return (
    <Card title={words.anomalies}>
      <Stack gap="lg">
        {troubled.map((found) => (
          <div key={found.warehouse_id}>
            <Text fw={600} size="sm">
              {found.warehouse_name}
            </Text>
            <ul className={classes.anomalies} aria-label={words.anomaliesIn(found.warehouse_name)}>
              {found.anomalies.map((anomaly) => (
                <li key={anomaly.id}>
                  <Group gap={8}>
                    <PriorityMark priority={anomaly.priority} bare />
                    <TextLink
                      size="sm"
                      to="/reports/$reportId"
                      params={{ reportId: anomaly.report_id }}
                      search={{ view: 'anomalies', anomaly: anomaly.id }}
                    >
                      {title(anomaly.rule, anomaly.title)}
                    </TextLink>
                    <Text span size="sm" className="code">
                      {anomaly.subject.id}
                    </Text>
                    <StatusMark status={anomaly.status} />
                  </Group>
                  <Text size="sm" c="dimmed" className={classes.name}>
                    <ShortSentence anomaly={anomaly} />
                  </Text>
                </li>
              ))}
            </ul>
            {found.anomaly_count > found.anomalies.length ? (
              <TextLink
                size="sm"
                to="/reports/$reportId"
                params={{ reportId: found.report_id }}
                search={{ view: 'anomalies' }}
              >
                {words.moreAnomalies(found.anomaly_count - found.anomalies.length)}
              </TextLink>
            ) : null}
          </div>
        ))}
      </Stack>
    </Card>
  );
}
