import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { unitsQuery } from '@/api/catalog';
import { ITEMS, type Item } from '@/api/items';
import { saveComponents, type Components } from '@/api/kits';
import { hasStatus } from '@/api/problem';
import { ItemSelect } from '@/domain/stock/item-select';
import { fittingUnits } from '@/domain/stock/units';
import { useMessages } from '@/i18n/i18n';
import { useKitWords } from '@/i18n/kits';
import { Dialog } from '@/ui/dialog';
import { NumberField } from '@/ui/number-field';
import { useNotify } from '@/ui/notify';
import {
  componentsOf,
  draftOf,
  emptyLine,
  lineProblems,
  type ComponentDraft,
} from './component-draft';
import classes from './kits.module.css';

interface ComponentsDialogProps {
  item: Item;
  known: Components;
  onClose: () => void;
}

/** Says what one of an item is made of. */
export function ComponentsDialog({ item, known, onClose }: ComponentsDialogProps) {
  const words = useKitWords();
  const { action } = useMessages();
  const units = useQuery(unitsQuery()).data ?? [];
  const next = useRef(known.components.length);
  const form = useForm<{ lines: ComponentDraft[] }>({
    initialValues: {
      lines: known.components.length > 0 ? draftOf(known.components) : [emptyLine('0')],
    },
    validate: {
      lines: {
        item_id: (id) => (id ? null : words.chooseItem),
        quantity: (quantity) => (quantity !== '' && quantity > 0 ? null : words.aboveZero),
      },
    },
  });
  const { lines } = form.values;
  const saving = useSaving(item, known, onClose, form.setErrors);
  const add = () => {
    next.current += 1;
    form.insertListItem('lines', emptyLine(`new ${next.current}`));
  };
  return (
    <Dialog size="lg" onClose={onClose} title={words.editTitle(item.name)}>
      <form noValidate onSubmit={form.onSubmit((draft) => saving.mutate(draft.lines))}>
        <Stack>
          <Text size="sm">{lines.length > 0 ? words.editLead(item.unit) : words.noneLeft}</Text>
          {lines.map((line, index) => {
            const at = (field: string) => form.getInputProps(`lines.${index}.${field}`);
            const problem = form.errors[`lines.${index}.item_id`];
            return (
              <div key={line.key} className={classes.line}>
                {line.name ? (
                  <TextInput
                    aria-label={words.component(index + 1)}
                    value={line.name}
                    readOnly
                    error={problem}
                  />
                ) : (
                  <ItemSelect
                    aria-label={words.component(index + 1)}
                    placeholder={words.findItem}
                    nothingFoundMessage={words.nothingFound}
                    value={line.item_id}
                    error={problem}
                    onChange={(chosen) => {
                      form.setFieldValue(`lines.${index}.item_id`, chosen?.id ?? '');
                      form.setFieldValue(`lines.${index}.unit`, chosen?.unit ?? '');
                    }}
                  />
                )}
                <NumberField
                  aria-label={words.quantityOf(index + 1)}
                  min={0}
                  {...at('quantity')}
                  value={line.quantity}
                />
                <Select
                  aria-label={words.unitOf(index + 1)}
                  allowDeselect={false}
                  disabled={line.unit === ''}
                  data={line.unit === '' ? [] : fittingUnits(units, line.unit)}
                  {...at('unit')}
                />
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={words.remove(index + 1)}
                  onClick={() => form.removeListItem('lines', index)}
                >
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              </div>
            );
          })}
          <Button
            variant="default"
            w="fit-content"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={add}
          >
            {words.add}
          </Button>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {action.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function useSaving(
  item: Item,
  known: Components,
  onClose: () => void,
  setErrors: (problems: Record<string, string>) => void,
) {
  const words = useKitWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const reload = () => queries.invalidateQueries({ queryKey: ITEMS });
  return useMutation({
    mutationFn: (lines: ComponentDraft[]) => saveComponents(known, componentsOf(lines)),
    onSuccess: async () => {
      notify.done(words.saved(item.name));
      onClose();
      await reload();
    },
    onError: (error, lines) => {
      const problems = lineProblems(error, lines.length);
      if (problems) setErrors(problems);
      else if (hasStatus(error, 412)) {
        void reload();
        notify.failed(new Error(state.conflict));
        onClose();
      } else notify.failed(error);
    },
  });
}
