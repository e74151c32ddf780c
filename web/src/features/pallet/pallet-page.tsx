import { Button, SimpleGrid } from '@mantine/core';
import { IconPackageOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Fragment } from 'react';
import { palletQuery, type PalletStay } from '@/api/snapshots';
import type { WarehouseSummary } from '@/api/warehouses';
import { ItemLink } from '@/domain/items/item-link';
import { isStockLine } from '@/domain/pallets/stock-line';
import { useChosenWarehouse } from '@/domain/warehouses/scope';
import { useFormat } from '@/i18n/i18n';
import { usePalletWords } from '@/i18n/pallet';
import { Card } from '@/ui/card';
import { Fact } from '@/ui/fact';
import { Page } from '@/ui/page';
import { Loaded, Notice } from '@/ui/states';
import { PalletTimeline } from './pallet-timeline';
import { chaptersOf, factsOf } from './stays';

const route = getRouteApi('/inside/w/$warehouse/pallets/$palletId');

export function PalletPage() {
  const { palletId } = route.useParams();
  const words = usePalletWords();
  const query = useChosenWarehouse();
  const title = isStockLine(palletId) ? words.lineTitle(palletId) : words.title(palletId);
  if (query.id === undefined) return <Page title={title} lead={words.chooseLead} children={null} />;
  return (
    <Loaded query={query} page>
      {(warehouse) => (
        <Page title={title} lead={words.lead(warehouse.name)}>
          <Life pallet={palletId} warehouse={warehouse} />
        </Page>
      )}
    </Loaded>
  );
}

function Life({ pallet, warehouse }: { pallet: string; warehouse: WarehouseSummary }) {
  const words = usePalletWords();
  const query = useInfiniteQuery(palletQuery(warehouse.id, pallet));
  const stays = query.data?.pages.flatMap((page) => page.snapshots);
  return (
    <Loaded query={{ ...query, data: stays }}>
      {(all) => (
        <>
          {all.length === 0 ? (
            <Notice icon={IconPackageOff} title={words.noneTitle}>
              {words.none}
            </Notice>
          ) : all.some(({ present }) => present) ? (
            <>
              <Facts stays={all} line={isStockLine(pallet)} timezone={warehouse.timezone} />
              <Card title={words.timeline}>
                <PalletTimeline
                  chapters={chaptersOf(all, !query.hasNextPage)}
                  timezone={warehouse.timezone}
                />
              </Card>
            </>
          ) : (
            <Notice
              icon={IconPackageOff}
              title={isStockLine(pallet) ? words.neverLineTitle : words.neverTitle}
            >
              {words.never(pallet, warehouse.name)}
            </Notice>
          )}
          {query.hasNextPage ? (
            <Button
              variant="default"
              w="fit-content"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {words.older}
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

interface FactsProps {
  stays: readonly PalletStay[];
  /** A stock line is one of its location: it does not move. */
  line: boolean;
  timezone: string;
}

function Facts({ stays, line, timezone }: FactsProps) {
  const words = usePalletWords();
  const format = useFormat();
  const { first, last, seen, moves, anomalies } = factsOf(stays);
  const here = stays[0]?.present ? stays[0] : undefined;
  const items = (here ?? last)?.items ?? [];
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Fact
        label={words.now}
        value={
          here
            ? here.places.map(({ location }) => location).join(', ') || words.noPlace
            : words.nowAbsent
        }
        hint={last && !here ? words.lastSeen(format.dateTime(last.as_of, timezone)) : undefined}
      />
      <Fact
        label={words.seenIn}
        value={words.inventories(seen)}
        hint={`${words.ofInventories(format.number(stays.length))}${
          first ? ` · ${words.firstSeen} ${format.day(first.as_of, timezone)}` : ''
        }`}
      />
      {line ? null : <Fact label={words.moves} value={format.number(moves)} />}
      <Fact label={words.anomalies} value={format.number(anomalies)} />
      {items.length > 0 ? (
        <Fact
          label={words.items}
          value={items.map((item, index) => (
            <Fragment key={item.id}>
              {index > 0 ? ', ' : null}
              <ItemLink item={item} />
            </Fragment>
          ))}
        />
      ) : null}
    </SimpleGrid>
  );
}
