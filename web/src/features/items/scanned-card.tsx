import { Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { itemQuery, type ScannedItem } from '@/api/items';
import { mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { UseButton } from '@/domain/consumption/use-button';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { useStockWords } from '@/i18n/stock';
import { Card } from '@/ui/card';
import { ButtonLink } from '@/ui/link';
import classes from './items.module.css';
import { MoveDialog } from './move-dialog';
import type { QuickKind } from './move-draft';
import { TransferButton } from './transfer-button';

const KINDS = ['receipt', 'issue', 'count'] as const satisfies QuickKind[];

/** The item of a code, what its label says, and what can be done with it at once. */
export function ScannedCard({ found, onAgain }: { found: ScannedItem; onAgain: () => void }) {
  const items = useItemWords();
  const { lot: lotWord, scan: words } = useStockWords();
  const format = useFormat();
  const mayMove = mayMoveStock(useCompanyRole());
  const [moving, setMoving] = useState<QuickKind | null>(null);
  // What there is changes with each movement; the code stays that of its item.
  const item = useQuery({ ...itemQuery(found.item.id), initialData: found.item }).data;
  const { lot, expiry_date: expiry, serial, quantity } = found;
  const label: [string, string | null][] = [
    [lotWord, lot],
    [words.expiry, expiry ? format.date(expiry) : null],
    [words.serial, serial],
    [words.contents, quantity === null ? null : quantityText(format, quantity, item.unit)],
  ];
  const told = label.filter(([, value]) => value !== null);
  return (
    <Card title={item.name} maw={560}>
      <Stack gap="sm">
        <Text>
          <Text span className="code">
            {item.sku}
          </Text>
          {` · ${items.statuses[item.status]}`}
        </Text>
        <Text fz="xl" fw={650} className="numbers">
          <Text span size="sm" c="dimmed" fw={400}>
            {`${words.inStock}: `}
          </Text>
          {quantityText(format, item.quantity, item.unit)}
        </Text>
        {told.length > 0 ? (
          <section aria-label={words.onLabel}>
            <dl className={classes.details}>
              {told.map(([name, value]) => (
                <div key={name} style={{ display: 'contents' }}>
                  <dt>{name}</dt>
                  <dd className="code">{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ) : null}
        {mayMove ? (
          <SimpleGrid cols={2} spacing="sm">
            {KINDS.map((kind) => (
              <Button
                key={kind}
                size="lg"
                variant={kind === 'receipt' ? 'filled' : 'default'}
                disabled={item.status === 'archived' && kind !== 'count'}
                onClick={() => setMoving(kind)}
              >
                {items.move[kind]}
              </Button>
            ))}
            <TransferButton item={item} size="lg" lot={lot} />
            <UseButton item={item} size="lg" label={{ lot, serial }} />
          </SimpleGrid>
        ) : null}
        <SimpleGrid cols={2} spacing="sm">
          <ButtonLink to="/items/$itemId" params={{ itemId: item.id }} variant="default">
            {words.openItem}
          </ButtonLink>
          <Button variant="default" onClick={onAgain}>
            {words.again}
          </Button>
        </SimpleGrid>
      </Stack>
      {moving ? (
        <MoveDialog
          item={item}
          kind={moving}
          label={{ lot, expiry_date: expiry, serial }}
          onClose={() => setMoving(null)}
        />
      ) : null}
    </Card>
  );
}
