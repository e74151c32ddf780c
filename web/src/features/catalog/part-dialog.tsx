import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { unitsQuery, type Supplier } from '@/api/catalog';
import { itemQuery } from '@/api/items';
import { savePart, type Part } from '@/api/suppliers';
import { ItemSelect } from '@/domain/stock/item-select';
import { fittingUnits } from '@/domain/stock/units';
import { useCatalogWords } from '@/i18n/catalog';
import { useMessages } from '@/i18n/i18n';
import { NumberField } from '@/ui/number-field';
import { FormDialog } from './form-dialog';
import { partDraft, partOf, type PartDraft } from './supplier-draft';
import { useSave } from './use-save';

interface PartDialogProps {
  supplier: Supplier;
  /** The one that is edited, and what its item is called; without them one is added. */
  part?: Part;
  name?: string;
  onClose: () => void;
}

/** How a supplier sells an item. */
export function PartDialog({ supplier, part, name, onClose }: PartDialogProps) {
  const words = useCatalogWords();
  const { supplier: own } = words;
  const { action, state } = useMessages();
  const units = useQuery(unitsQuery()).data ?? [];
  const form = useForm<PartDraft>({
    initialValues: partDraft(part, supplier.currency),
    validate: {
      item_id: (id) => (id ? null : own.chooseItem),
      part_number: (code) => (code.trim() ? null : state.required),
      pack_size: (size) => (size === '' ? state.required : size > 0 ? null : own.aboveZero),
      price: (price) => (price === '' ? state.required : null),
    },
  });
  const { item_id } = form.values;
  const item = useQuery({ ...itemQuery(item_id), enabled: item_id !== '' }).data;
  const saving = useSave({
    save: (draft: PartDraft) =>
      savePart(part ?? { supplier_id: supplier.id, item_id: draft.item_id }, partOf(draft)),
    fields: Object.keys(form.values),
    taken: {},
    setErrors: form.setErrors,
    done: () => words.saved,
    onClose,
  });
  return (
    <FormDialog
      title={part ? own.editPart(name ?? part.part_number) : own.addPart}
      submit={part ? action.save : own.addPart}
      pending={saving.isPending}
      onSubmit={form.onSubmit((draft) => saving.mutate(draft))}
      onClose={onClose}
    >
      {part ? null : (
        <ItemSelect
          data-autofocus
          label={own.item}
          placeholder={own.findItem}
          nothingFoundMessage={own.nothingFound}
          value={item_id}
          error={form.errors.item_id}
          onChange={(chosen) =>
            form.setValues({ item_id: chosen?.id ?? '', unit: chosen?.unit ?? 'pcs' })
          }
        />
      )}
      <TextInput
        label={own.partNumber}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('part_number')}
      />
      <SimpleGrid cols={2} spacing="sm">
        <NumberField
          label={own.packSize}
          min={0}
          {...form.getInputProps('pack_size')}
          value={form.values.pack_size}
        />
        <Select
          label={own.packUnit}
          allowDeselect={false}
          data={fittingUnits(units, item?.unit ?? form.values.unit)}
          {...form.getInputProps('unit')}
        />
        <NumberField
          label={own.price}
          min={0}
          {...form.getInputProps('price')}
          value={form.values.price}
        />
        <TextInput label={own.currency} maxLength={3} {...form.getInputProps('currency')} />
        <NumberField
          label={own.partLeadTime}
          placeholder={own.asSupplier}
          min={0}
          max={365}
          allowDecimal={false}
          {...form.getInputProps('lead_time_days')}
          value={form.values.lead_time_days}
        />
        <NumberField
          label={own.minimumPacks}
          placeholder={state.optional}
          min={1}
          allowDecimal={false}
          {...form.getInputProps('minimum_packs')}
          value={form.values.minimum_packs}
        />
      </SimpleGrid>
    </FormDialog>
  );
}
