import { Badge, Button, Stack, Table } from '@mantine/core';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { countListQuery, type CountSummary } from '@/api/counts';
import type { WarehouseSummary } from '@/api/warehouses';
import { mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { StockSections } from '@/domain/stock/stock-sections';
import { OfOneWarehouse } from '@/domain/warehouses/of-one-warehouse';
import { useFormat } from '@/i18n/i18n';
import { useStockWords } from '@/i18n/stock';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { LoadMore } from '@/ui/load-more';
import { Page } from '@/ui/page';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { Loaded, Notice } from '@/ui/states';
import { OpenCountDialog } from './open-count-dialog';

/** The counts of a warehouse, open ones and those of before. */
export function CountsPage() {
  const { tabs, count } = useStockWords();
  return (
    <Page title={tabs.counts} lead={count.lead}>
      <OfOneWarehouse>
        {(warehouse) => (
          <>
            <StockSections warehouse={warehouse.id} />
            <Counts key={warehouse.id} warehouse={warehouse} />
          </>
        )}
      </OfOneWarehouse>
    </Page>
  );
}

function Counts({ warehouse }: { warehouse: WarehouseSummary }) {
  const { count: words } = useStockWords();
  const mayMove = mayMoveStock(useCompanyRole()) && warehouse.role !== 'viewer';
  const [opening, setOpening] = useState(false);
  const query = useInfiniteQuery(countListQuery(warehouse.id));
  const all = query.data?.pages.flatMap((page) => page.counts);
  const open = mayMove ? (
    <Button
      w="fit-content"
      leftSection={<IconPlus size={18} aria-hidden />}
      onClick={() => setOpening(true)}
    >
      {words.open}
    </Button>
  ) : null;
  return (
    <Stack gap="sm">
      {all && all.length > 0 ? open : null}
      <Loaded query={{ ...query, data: all }}>
        {(counts) =>
          counts.length === 0 ? (
            <Notice icon={IconChecklist} title={words.emptyTitle} action={open}>
              {mayMove ? words.empty : words.emptyForReaders}
            </Notice>
          ) : (
            <CountTable counts={counts} warehouse={warehouse.id} />
          )
        }
      </Loaded>
      <LoadMore query={query} />
      {opening ? (
        <OpenCountDialog warehouse={warehouse.id} onClose={() => setOpening(false)} />
      ) : null}
    </Stack>
  );
}

interface CountTableProps {
  counts: readonly CountSummary[];
  warehouse: string;
}

function CountTable({ counts, warehouse }: CountTableProps) {
  const { tabs, count: words } = useStockWords();
  const format = useFormat();
  return (
    <Card p={0}>
      <StackedTable
        inset
        label={tabs.counts}
        head={
          <>
            <Table.Th>{words.opened}</Table.Th>
            <Table.Th>{words.state}</Table.Th>
            <Table.Th>{words.note}</Table.Th>
            <Table.Th>{words.what}</Table.Th>
            <Table.Th>{words.by}</Table.Th>
          </>
        }
      >
        {counts.map((count) => (
          <Table.Tr key={count.id}>
            <Table.Th scope="row">
              <TextLink
                to="/w/$warehouse/counts/$countId"
                params={{ warehouse, countId: count.id }}
                underline="always"
                size="sm"
              >
                {format.dateTime(count.opened_at)}
              </TextLink>
            </Table.Th>
            <Table.Td className={stacked.end}>
              <Badge variant="light" color={count.status === 'open' ? undefined : 'gray'} tt="none">
                {count.status === 'open' ? words.status.open : words.status.posted}
              </Badge>
            </Table.Td>
            <Table.Td className={count.note ? `${stacked.name} ${stacked.wide}` : stacked.empty}>
              {count.note}
            </Table.Td>
            <Table.Td>
              {words.places(count.lines)}
              {count.differing === null ? null : `, ${words.differing(count.differing)}`}
            </Table.Td>
            <Table.Td className={count.by_name ? stacked.end : stacked.empty}>
              {count.by_name}
            </Table.Td>
          </Table.Tr>
        ))}
      </StackedTable>
    </Card>
  );
}
