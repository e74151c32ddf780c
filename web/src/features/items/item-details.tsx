import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { categoriesQuery, inventoryTypesQuery, suppliersQuery } from '@/api/catalog';
import type { Item } from '@/api/items';
import { useFormat } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Card } from '@/ui/card';
import { FreeText } from '@/ui/free-text';
import classes from './items.module.css';
import { quantityText } from '@/domain/stock/quantity';

/** What describes it, of what was given. */
export function ItemDetails({ item }: { item: Item }) {
  const words = useItemWords();
  const format = useFormat();
  const categories = useQuery(categoriesQuery()).data;
  const suppliers = useQuery({ ...suppliersQuery(), enabled: item.supplier !== null }).data;
  const types = useQuery({ ...inventoryTypesQuery(), enabled: item.inventory_type !== null }).data;
  const named = (
    entries: readonly { id: string; name: string }[] | undefined,
    id: string | null,
  ) => (id === null ? null : (entries?.find((entry) => entry.id === id)?.name ?? '…'));
  const category = categories?.find(({ id }) => id === item.category)?.path.join(' / ');
  const details: [string, ReactNode][] = [
    [words.description, item.description ? <FreeText text={item.description} /> : null],
    [words.category, item.category === null ? null : (category ?? '…')],
    [words.supplier, named(suppliers, item.supplier)],
    [words.inventoryType, named(types, item.inventory_type)],
    [
      words.reorderQuantity,
      item.reorder_quantity === null
        ? null
        : quantityText(format, item.reorder_quantity, item.unit),
    ],
    [words.gtin, item.gtin ? <span className="code">{item.gtin}</span> : null],
    [words.storageClass, item.storage_class ? words.storageClasses[item.storage_class] : null],
    [words.shelfLife, item.shelf_life_days === null ? null : format.number(item.shelf_life_days)],
    ...Object.entries(item.attributes).map(([name, value]): [string, ReactNode] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ];
  const given = details.filter(([, value]) => value !== null && value !== '');
  if (given.length === 0) return null;
  return (
    <Card title={words.facts}>
      <dl className={classes.details}>
        {given.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
