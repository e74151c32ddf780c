import { Checkbox, Fieldset, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { InventoryType } from '@/api/catalog';
import { RequestKeys } from '@/api/idempotency';
import { changeInventoryType, createInventoryType } from '@/api/inventory-types';
import { useCatalogWords } from '@/i18n/catalog';
import { useMessages } from '@/i18n/i18n';
import { FormDialog } from './form-dialog';
import { useSave } from './use-save';

interface Draft {
  name: string;
  demands_lot: boolean;
  demands_expiry: boolean;
  demands_serial: boolean;
  description: string;
}

/** A new inventory type, or what one is called and demands. */
export function TypeDialog({ type, onClose }: { type?: InventoryType; onClose: () => void }) {
  const words = useCatalogWords();
  const { action, state } = useMessages();
  const [keys] = useState(() => new RequestKeys());
  const form = useForm<Draft>({
    initialValues: {
      name: type?.name ?? '',
      demands_lot: type?.demands_lot ?? false,
      demands_expiry: type?.demands_expiry ?? false,
      demands_serial: type?.demands_serial ?? false,
      description: type?.description ?? '',
    },
    validate: { name: (name) => (name.trim() ? null : state.required) },
  });
  const saving = useSave({
    save: (draft: Draft) => {
      const body = {
        ...draft,
        name: draft.name.trim(),
        description: draft.description.trim() || null,
      };
      if (type) return changeInventoryType(type, body);
      return keys.send(body, (key) => createInventoryType(body, key));
    },
    fields: Object.keys(form.values),
    taken: { name: words.nameTaken },
    setErrors: form.setErrors,
    done: ({ name }) => (type ? words.saved : words.created(name)),
    onClose,
  });
  const { demands_lot: lot, demands_expiry: expiry } = form.values;
  return (
    <FormDialog
      title={type ? words.editTitle(type.name) : words.type.add}
      submit={type ? action.save : words.type.add}
      pending={saving.isPending}
      onSubmit={form.onSubmit((draft) => saving.mutate(draft))}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={words.name}
        maxLength={100}
        {...form.getInputProps('name')}
      />
      <Fieldset legend={words.type.demands}>
        <Stack gap="xs">
          <Checkbox
            label={words.type.lot}
            description={expiry ? words.type.expiryHint : undefined}
            checked={lot}
            disabled={expiry}
            error={form.errors.demands_lot}
            onChange={(event) => form.setFieldValue('demands_lot', event.currentTarget.checked)}
          />
          <Checkbox
            label={words.type.expiry}
            checked={expiry}
            error={form.errors.demands_expiry}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              form.setValues({ demands_expiry: checked, demands_lot: checked || lot });
            }}
          />
          <Checkbox
            label={words.type.serial}
            error={form.errors.demands_serial}
            {...form.getInputProps('demands_serial', { type: 'checkbox' })}
          />
        </Stack>
      </Fieldset>
      <Textarea
        label={words.description}
        maxLength={1000}
        autosize
        minRows={2}
        {...form.getInputProps('description')}
      />
    </FormDialog>
  );
}
