import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { Supplier } from '@/api/catalog';
import type { Schemas } from '@/api/client';
import { RequestKeys } from '@/api/idempotency';
import { changeSupplier, createSupplier } from '@/api/suppliers';
import { useCatalogWords } from '@/i18n/catalog';
import { useMessages } from '@/i18n/i18n';
import { NumberField } from '@/ui/number-field';
import { FormDialog } from './form-dialog';
import { supplierDraft, supplierOf, type SupplierDraft } from './supplier-draft';
import { useSave } from './use-save';

interface SupplierDialogProps {
  /** The one that is edited; without it a new one is made. */
  supplier?: Supplier;
  onSaved?: (supplier: Supplier) => void;
  onClose: () => void;
}

export function SupplierDialog({ supplier, onSaved, onClose }: SupplierDialogProps) {
  const words = useCatalogWords();
  const { supplier: own } = words;
  const { action, state } = useMessages();
  const [keys] = useState(() => new RequestKeys());
  const form = useForm<SupplierDraft>({
    initialValues: supplierDraft(supplier),
    validate: { name: (name) => (name.trim() ? null : state.required) },
  });
  const saving = useSave({
    save: async (draft: SupplierDraft) => {
      const fields = supplierOf(draft);
      if (supplier) return changeSupplier(supplier, fields);
      const given = Object.entries(fields).filter(([, value]) => value !== null);
      const body = Object.fromEntries(given) as Schemas['SupplierRequest'];
      const made = await keys.send(body, (key) => createSupplier(body, key));
      onSaved?.(made);
      return made;
    },
    fields: Object.keys(form.values),
    taken: { name: words.nameTaken },
    setErrors: form.setErrors,
    done: ({ name }) => (supplier ? words.saved : words.created(name)),
    onClose,
  });
  return (
    <FormDialog
      title={supplier ? words.editTitle(supplier.name) : own.add}
      submit={supplier ? action.save : own.add}
      pending={saving.isPending}
      onSubmit={form.onSubmit((draft) => saving.mutate(draft))}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={words.name}
        maxLength={100}
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={own.contactName}
          maxLength={100}
          autoComplete="off"
          {...form.getInputProps('contact_name')}
        />
        <TextInput
          type="email"
          label={own.email}
          maxLength={254}
          autoComplete="off"
          {...form.getInputProps('contact_email')}
        />
        <TextInput
          type="tel"
          label={own.phone}
          maxLength={40}
          autoComplete="off"
          {...form.getInputProps('contact_phone')}
        />
        <TextInput
          type="url"
          label={own.website}
          description={own.websiteHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={200}
          {...form.getInputProps('website')}
        />
        <NumberField
          label={own.leadTimeDays}
          min={0}
          max={365}
          allowDecimal={false}
          {...form.getInputProps('lead_time_days')}
          value={form.values.lead_time_days}
        />
        <TextInput label={own.currency} maxLength={3} {...form.getInputProps('currency')} />
        <NumberField
          label={own.minimumOrder}
          min={0}
          {...form.getInputProps('minimum_order')}
          value={form.values.minimum_order}
        />
      </SimpleGrid>
      <Textarea
        label={own.notes}
        maxLength={2000}
        autosize
        minRows={2}
        {...form.getInputProps('notes')}
      />
    </FormDialog>
  );
}
