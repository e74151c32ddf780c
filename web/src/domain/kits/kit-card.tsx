import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Item } from '@/api/items';
import { availabilityQuery, componentsQuery, type Components, type Verb } from '@/api/kits';
import { mayManageCatalog, mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { quantityText } from '@/domain/stock/quantity';
import { useScope, warehouseOf } from '@/domain/warehouses/scope';
import { useWarehouseName } from '@/domain/warehouses/warehouse-list';
import { useFormat } from '@/i18n/i18n';
import { useKitWords } from '@/i18n/kits';
import { Card } from '@/ui/card';
import { Fact } from '@/ui/fact';
import { TextLink } from '@/ui/link';
import { AssembleDialog } from './assemble-dialog';
import { ComponentTree } from './component-tree';
import { ComponentsDialog } from './components-dialog';

/** What an item is made of, how many that makes, and of which kits it is a component itself. Of an
 * item that has nothing to do with kits, only managers see it. */
export function KitCard({ item }: { item: Item }) {
  const { data } = useQuery(componentsQuery(item.id));
  const mayManage = mayManageCatalog(useCompanyRole());
  if (!data) return null;
  if (data.components.length + data.used_in.length === 0 && !mayManage) return null;
  return <Shown item={item} known={data} mayManage={mayManage} />;
}

interface ShownProps {
  item: Item;
  known: Components;
  mayManage: boolean;
}

function Shown({ item, known, mayManage }: ShownProps) {
  const words = useKitWords();
  const [editing, setEditing] = useState(false);
  const isKit = known.components.length > 0;
  return (
    <Card
      title={words.card}
      aside={
        mayManage ? (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            {isKit ? words.edit : words.makeKit}
          </Button>
        ) : null
      }
    >
      <Stack gap="md">
        {isKit ? (
          <>
            <Standing item={item} />
            <ComponentTree label={words.card} components={known.components} />
          </>
        ) : (
          <Text c="dimmed">{words.noKit}</Text>
        )}
        {known.used_in.length > 0 ? (
          <Text size="sm">
            {`${words.usedIn} `}
            {known.used_in.map(({ item_id, name }, index) => (
              <span key={item_id}>
                {index > 0 ? ', ' : null}
                <TextLink
                  to="/items/$itemId"
                  params={{ itemId: item_id }}
                  underline="always"
                  inherit
                >
                  {name}
                </TextLink>
              </span>
            ))}
          </Text>
        ) : null}
      </Stack>
      {editing ? (
        <ComponentsDialog item={item} known={known} onClose={() => setEditing(false)} />
      ) : null}
    </Card>
  );
}

function Standing({ item }: { item: Item }) {
  const words = useKitWords();
  const format = useFormat();
  const warehouse = warehouseOf(useScope());
  const nameOf = useWarehouseName();
  const mayMove = mayMoveStock(useCompanyRole());
  const [doing, setDoing] = useState<Verb | null>(null);
  const { data } = useQuery(availabilityQuery(item.id, warehouse));
  const name = nameOf(warehouse);
  return (
    <>
      {data ? (
        <>
          <Text size="sm" c="dimmed">
            {name ? words.inWarehouse(name) : words.everywhere}
          </Text>
          <SimpleGrid cols={{ base: 2, md: 3 }} spacing="sm">
            <Fact label={words.inStock} value={quantityText(format, data.in_stock, item.unit)} />
            <Fact
              label={words.canBe}
              value={quantityText(format, data.can_be_assembled, item.unit)}
            />
            <Fact label={words.available} value={quantityText(format, data.available, item.unit)} />
          </SimpleGrid>
        </>
      ) : null}
      {mayMove ? (
        <Group gap="xs">
          {(['assemble', 'disassemble'] as const).map((verb) => (
            <Button
              key={verb}
              variant={verb === 'assemble' ? 'filled' : 'default'}
              disabled={item.status === 'archived'}
              onClick={() => setDoing(verb)}
            >
              {words[verb]}
            </Button>
          ))}
        </Group>
      ) : null}
      {doing ? <AssembleDialog item={item} verb={doing} onClose={() => setDoing(null)} /> : null}
    </>
  );
}
