import { Accordion, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { categoriesQuery, inventoryTypesQuery, suppliersQuery, unitsQuery } from '@/api/catalog';
import { STORAGE_CLASSES } from '@/api/items';
import { useItemWords } from '@/i18n/items';
import { NumberField } from '@/ui/number-field';
import { categoryChoices, namedChoices } from './choices';
import type { ItemDraft } from './item-draft';
import classes from './items.module.css';

interface ItemFieldsProps {
  draft: ItemDraft;
  inputProps: (name: keyof ItemDraft) => GetInputPropsReturnType;
  /** Why the unit cannot change. */
  unitFixed?: string | undefined;
  /** Stands after the unit. */
  children?: ReactNode;
  /** Whether one of the further fields is wrong, so that it must be seen. */
  openMore: boolean;
}

/** What describes an item: first what everybody needs, the rest behind one more click. */
export function ItemFields({ draft, inputProps, unitFixed, children, openMore }: ItemFieldsProps) {
  const words = useItemWords();
  const units = useQuery(unitsQuery()).data ?? [];
  const categories = useQuery(categoriesQuery()).data ?? [];
  const choices = units.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }));
  return (
    <Stack>
      <TextInput data-autofocus label={words.name} maxLength={200} {...inputProps('name')} />
      <div className={classes.pair}>
        <TextInput
          label={words.sku}
          description={words.skuHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          {...inputProps('sku')}
        />
        <Select
          label={words.unit}
          description={unitFixed}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          disabled={unitFixed !== undefined}
          searchable
          allowDeselect={false}
          data={
            choices.some(({ value }) => value === draft.unit)
              ? choices
              : [{ value: draft.unit, label: draft.unit }, ...choices]
          }
          {...inputProps('unit')}
        />
      </div>
      {children}
      <div className={classes.pair}>
        <NumberField
          label={words.reorderPoint}
          description={words.reorderPointHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          {...inputProps('reorder_point')}
          value={draft.reorder_point}
        />
        <Select
          label={words.category}
          allowDeselect={false}
          searchable={categories.length > 8}
          data={[
            { value: '', label: words.none },
            ...categoryChoices(categories, draft.category || undefined),
          ]}
          {...inputProps('category')}
        />
      </div>
      <div className={classes.pair}>
        <NumberField
          label={words.unitCost}
          min={0}
          {...inputProps('unit_cost')}
          value={draft.unit_cost}
        />
        <TextInput label={words.currency} maxLength={3} {...inputProps('currency')} />
      </div>
      <Accordion
        key={openMore ? 'open' : 'closed'}
        variant="default"
        chevronPosition="left"
        defaultValue={openMore ? 'more' : null}
      >
        <Accordion.Item value="more">
          <Accordion.Control fz="sm">{words.more}</Accordion.Control>
          <Accordion.Panel>
            <FurtherFields draft={draft} inputProps={inputProps} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

function FurtherFields({ draft, inputProps }: Pick<ItemFieldsProps, 'draft' | 'inputProps'>) {
  const words = useItemWords();
  const suppliers = useQuery(suppliersQuery()).data ?? [];
  const types = useQuery(inventoryTypesQuery()).data ?? [];
  const none = { value: '', label: words.none };
  return (
    <Stack>
      <Textarea
        label={words.description}
        maxLength={2000}
        autosize
        minRows={2}
        {...inputProps('description')}
      />
      <div className={classes.pair}>
        <Select
          label={words.supplier}
          allowDeselect={false}
          data={[none, ...namedChoices(suppliers, draft.supplier)]}
          {...inputProps('supplier')}
        />
        <Select
          label={words.inventoryType}
          allowDeselect={false}
          data={[none, ...namedChoices(types, draft.inventory_type)]}
          {...inputProps('inventory_type')}
        />
        <NumberField
          label={words.reorderQuantity}
          min={0}
          {...inputProps('reorder_quantity')}
          value={draft.reorder_quantity}
        />
        <TextInput label={words.gtin} maxLength={20} {...inputProps('gtin')} />
        <Select
          label={words.storageClass}
          allowDeselect={false}
          data={[
            none,
            ...STORAGE_CLASSES.map((value) => ({ value, label: words.storageClasses[value] })),
          ]}
          {...inputProps('storage_class')}
        />
        <NumberField
          label={words.shelfLife}
          min={1}
          max={3650}
          allowDecimal={false}
          {...inputProps('shelf_life_days')}
          value={draft.shelf_life_days}
        />
      </div>
    </Stack>
  );
}
