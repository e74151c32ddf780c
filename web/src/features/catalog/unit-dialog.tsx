import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { Unit } from '@/api/catalog';
import { RequestKeys } from '@/api/idempotency';
import { changeUnit, createUnit, DIMENSIONS } from '@/api/units';
import { useCatalogWords } from '@/i18n/catalog';
import { useMessages } from '@/i18n/i18n';
import { NumberField } from '@/ui/number-field';
import { FormDialog } from './form-dialog';
import { BASE_UNITS, isExact, unitDraft, unitOf, type UnitDraft } from './unit-draft';
import { useSave } from './use-save';

/** A new unit, or another name or factor of one; code and dimension stay. */
export function UnitDialog({ unit, onClose }: { unit?: Unit; onClose: () => void }) {
  const words = useCatalogWords();
  const { unit: own } = words;
  const { action, state } = useMessages();
  const [keys] = useState(() => new RequestKeys());
  const form = useForm<UnitDraft>({
    initialValues: unitDraft(unit),
    validate: {
      code: (code) => (code.trim() ? null : state.required),
      name: (name) => (name.trim() ? null : state.required),
      factor: (factor) => (isExact(factor) ? null : own.notANumber),
    },
  });
  const saving = useSave({
    save: async (draft: UnitDraft) => {
      const body = unitOf(draft);
      if (!unit) return keys.send(body, (key) => createUnit(body, key));
      const { name, factor, decimals } = body;
      const changes = { name, decimals: decimals ?? 0 };
      return changeUnit(unit, factor === unit.factor ? changes : { ...changes, factor });
    },
    fields: Object.keys(form.values),
    taken: { code: words.codeTaken },
    inUse: { factor: own.factorInUse },
    setErrors: form.setErrors,
    done: ({ name }) => (unit ? words.saved : words.created(name)),
    onClose,
  });
  return (
    <FormDialog
      title={unit ? words.editTitle(unit.code) : own.add}
      submit={unit ? action.save : own.add}
      pending={saving.isPending}
      onSubmit={form.onSubmit((draft) => saving.mutate(draft))}
      onClose={onClose}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          data-autofocus={unit ? undefined : true}
          label={own.code}
          description={unit ? undefined : own.codeHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          disabled={unit !== undefined}
          maxLength={20}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('code')}
        />
        <TextInput
          data-autofocus={unit ? true : undefined}
          label={words.name}
          maxLength={60}
          {...form.getInputProps('name')}
        />
        <Select
          label={own.dimension}
          disabled={unit !== undefined}
          allowDeselect={false}
          data={DIMENSIONS.map((value) => ({ value, label: own.dimensions[value] }))}
          {...form.getInputProps('dimension')}
        />
        <TextInput
          label={own.factor}
          description={own.factorHint(BASE_UNITS[form.values.dimension])}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          inputMode="text"
          maxLength={40}
          autoComplete="off"
          {...form.getInputProps('factor')}
        />
        <NumberField
          label={own.decimals}
          description={own.decimalsHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          max={9}
          allowDecimal={false}
          {...form.getInputProps('decimals')}
          value={form.values.decimals}
        />
      </SimpleGrid>
    </FormDialog>
  );
}
