import { Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { Category } from '@/api/catalog';
import { changeCategory, createCategory } from '@/api/categories';
import { RequestKeys } from '@/api/idempotency';
import { useCatalogWords } from '@/i18n/catalog';
import { useMessages } from '@/i18n/i18n';
import { FormDialog } from './form-dialog';
import { possibleParents } from './tree';
import { useSave } from './use-save';

interface CategoryNameDialogProps {
  /** Under which a new one stands. */
  below: Category | null;
  /** The one that gets another name; without it a new one is made. */
  category?: Category;
  onClose: () => void;
}

export function CategoryNameDialog({ below, category, onClose }: CategoryNameDialogProps) {
  const words = useCatalogWords();
  const { action, state } = useMessages();
  const [keys] = useState(() => new RequestKeys());
  const form = useForm({
    initialValues: { name: category?.name ?? '' },
    validate: { name: (name) => (name.trim() ? null : state.required) },
  });
  const saving = useSave({
    save: ({ name }: { name: string }) => {
      if (category) return changeCategory(category, { name: name.trim() });
      const body = { name: name.trim(), ...(below ? { parent_id: below.id } : {}) };
      return keys.send(body, (key) => createCategory(body, key));
    },
    fields: ['name'],
    taken: { name: words.nameTaken },
    setErrors: form.setErrors,
    done: ({ name }) => (category ? words.saved : words.created(name)),
    onClose,
  });
  const title = below ? words.category.addTo(below.name) : words.category.add;
  return (
    <FormDialog
      title={category ? words.editTitle(category.name) : title}
      submit={category ? action.save : words.category.add}
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
    </FormDialog>
  );
}

interface MoveCategoryDialogProps {
  category: Category;
  categories: readonly Category[];
  onClose: () => void;
}

/** Moves it, with all that is below it, under another one or to the root. */
export function MoveCategoryDialog({ category, categories, onClose }: MoveCategoryDialogProps) {
  const words = useCatalogWords();
  const form = useForm({ initialValues: { parent_id: category.parent_id ?? '' } });
  const saving = useSave({
    save: ({ parent_id }: { parent_id: string }) =>
      changeCategory(category, { parent_id: parent_id || null }),
    fields: ['parent_id'],
    taken: { parent_id: words.nameTaken },
    setErrors: form.setErrors,
    done: () => words.category.moved(category.name),
    onClose,
  });

  return (
    <FormDialog
      title={words.category.moveTitle(category.name)}
      submit={words.category.moveIt}
      pending={saving.isPending}
      onSubmit={form.onSubmit((draft) => saving.mutate(draft))}
      onClose={onClose}
    >
      <Text size="sm">{words.category.moveText}</Text>
      <Select
        data-autofocus
        label={words.category.parent}
        allowDeselect={false}
        searchable={categories.length > 8}
        data={[
          { value: '', label: words.category.root },
          ...possibleParents(categories, category.id).map(({ id, path }) => ({
            value: id,
            label: path.join(' / '),
          })),
        ]}
        {...form.getInputProps('parent_id')}
      />
    </FormDialog>
  );
}
