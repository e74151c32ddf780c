import { Checkbox, Select, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { unitsQuery } from '@/api/catalog';
import { itemQuery } from '@/api/items';
import { partQuery } from '@/api/suppliers';
import { ItemSelect } from '@/domain/stock/item-select';
import { quantityText } from '@/domain/stock/quantity';
import { fittingUnits } from '@/domain/stock/units';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { NumberField } from '@/ui/number-field';
import type { LineDraft } from './order-draft';

interface LineFieldsProps {
  form: UseFormReturnType<LineDraft>;
  /** Who sells it; nobody for a sale. */
  supplierId: string | undefined;
  /** Whether the item can be chosen: not of a line that is edited. */
  choose: boolean;
}

/** An item, how much of it, and for how much. */
export function LineFields({ form, supplierId, choose }: LineFieldsProps) {
  const words = useOrderWords();
  const format = useFormat();
  const units = useQuery(unitsQuery()).data ?? [];
  const { item_id: itemId, packs, unit } = form.values;
  const item = useQuery({ ...itemQuery(itemId), enabled: itemId !== '' }).data;
  const part = useQuery({
    ...partQuery(supplierId ?? '', itemId),
    enabled: itemId !== '' && supplierId !== undefined && supplierId !== '',
  }).data;
  const own = item?.unit ?? unit;
  const pack = part ? quantityText(format, part.pack_size, part.unit) : '';
  const ordered = form.values.quantity || 0;
  return (
    <>
      {choose ? (
        <ItemSelect
          label={words.item}
          placeholder={words.findItem}
          nothingFoundMessage={words.nothingFound}
          value={itemId}
          error={form.errors.item_id}
          onChange={(chosen) =>
            form.setValues({ item_id: chosen?.id ?? '', unit: chosen?.unit ?? '', packs: false })
          }
        />
      ) : null}
      {part ? (
        <Checkbox
          label={words.inPacks(pack)}
          checked={packs}
          onChange={(event) => form.setFieldValue('packs', event.currentTarget.checked)}
        />
      ) : null}
      <SimpleGrid cols={2} spacing="sm">
        <NumberField
          data-autofocus={choose ? undefined : true}
          label={words.quantity}
          description={
            packs && part
              ? words.packsIn(quantityText(format, ordered * part.pack_size, part.unit))
              : undefined
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          allowDecimal={!packs}
          {...form.getInputProps('quantity')}
          value={form.values.quantity}
        />
        {packs ? (
          <TextInput label={words.unit} value={words.packUnit} readOnly />
        ) : (
          <Select
            label={words.unit}
            allowDeselect={false}
            disabled={itemId === ''}
            data={itemId === '' ? [] : fittingUnits(units, own)}
            {...form.getInputProps('unit')}
          />
        )}
      </SimpleGrid>
      <TextInput
        label={packs ? words.pricePack : words.priceOf(unit || words.unit.toLowerCase())}
        description={
          packs && part
            ? words.partPrice(format.exactMoney(part.price, part.currency))
            : words.priceHint
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="decimal"
        autoComplete="off"
        maxLength={24}
        {...form.getInputProps('price')}
      />
    </>
  );
}
