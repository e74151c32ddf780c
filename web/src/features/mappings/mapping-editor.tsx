import { Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isField, lackingFields, type Field } from '@/api/fields';
import { changeMapping, MAPPINGS, type SavedMapping } from '@/api/mappings';
import { ApiProblem, hasStatus } from '@/api/problem';
import { assigned, mappingOf } from '@/domain/fields/assigned';
import { FieldSelect } from '@/domain/fields/field-select';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useMappingsWords } from '@/i18n/mappings';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';

const ORDERS = ['DMY', 'MDY', 'YMD'] as const;
const NOTATIONS = ['1,234.56', '1.234,56'] as const;

/** What the columns of a known header hold, and what the mapping is called. */
export function MappingEditor({
  mapping,
  onClose,
}: {
  mapping: SavedMapping;
  onClose: () => void;
}) {
  const words = useMappingsWords();
  const { action, state, field: fieldNames, mapping: mappingWords } = useMessages();
  const format = useFormat();
  const queries = useQueryClient();
  const notify = useNotify();
  const [name, setName] = useState(mapping.name);
  const [order, setOrder] = useState(mapping.date_order ?? null);
  const [notation, setNotation] = useState(mapping.number_format ?? null);
  const [fields, setFields] = useState<Record<string, Field | null>>(() =>
    Object.fromEntries(
      mapping.columns.map((column) => {
        const field = mapping.column_mapping[column];
        return [column, field && isField(field) ? field : null];
      }),
    ),
  );
  const lacking = lackingFields(Object.values(fields));
  const saving = useMutation({
    mutationFn: () =>
      changeMapping(mapping, {
        name: name.trim(),
        column_mapping: mappingOf(fields),
        ...(order ? { date_order: order } : {}),
        ...(notation ? { number_format: notation } : {}),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: MAPPINGS });
      notify.done(words.saved);
      onClose();
    },
    onError: (error) => {
      if (hasStatus(error, 412)) {
        void queries.invalidateQueries({ queryKey: MAPPINGS });
        notify.failed(new Error(state.conflict));
        onClose();
      } else
        notify.failed(
          error instanceof ApiProblem && error.errors[0]
            ? new Error(error.errors[0].detail)
            : error,
        );
    },
  });
  return (
    <Dialog onClose={onClose} size="lg" title={words.editTitle}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={words.name}
            maxLength={150}
            value={name}
            error={name.trim() ? null : state.required}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Table aria-label={words.editTitle} verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.column}</Table.Th>
                <Table.Th>{words.holds}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {mapping.columns.map((column) => (
                <Table.Tr key={column}>
                  <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>
                    {column}
                  </Table.Th>
                  <Table.Td w="55%">
                    <FieldSelect
                      aria-label={words.columnHolds(column)}
                      unused={words.unused}
                      value={fields[column] ?? null}
                      onChange={(field) => setFields((before) => assigned(before, column, field))}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Select
            label={words.dateOrder}
            description={mapping.date_order ? words.stays : undefined}
            data={[
              ...(mapping.date_order ? [] : [{ value: '', label: words.dateOrderAny }]),
              ...ORDERS.map((value) => ({ value, label: mappingWords.dateOrders[value] })),
            ]}
            allowDeselect={false}
            value={order ?? ''}
            onChange={(value) => setOrder(ORDERS.find((dateOrder) => dateOrder === value) ?? null)}
          />
          <Select
            label={words.numberFormat}
            description={mapping.number_format ? words.notationStays : undefined}
            data={[
              ...(mapping.number_format ? [] : [{ value: '', label: words.dateOrderAny }]),
              ...NOTATIONS.map((value) => ({ value, label: mappingWords.numberFormats[value] })),
            ]}
            allowDeselect={false}
            value={notation ?? ''}
            onChange={(value) => setNotation(NOTATIONS.find((known) => known === value) ?? null)}
          />
          <Group justify="flex-end">
            <Text size="sm" c="dimmed" role="status">
              {lacking.length > 0
                ? words.needs(format.list(lacking.map((field) => fieldNames[field])))
                : null}
            </Text>
            <Button
              type="submit"
              disabled={lacking.length > 0 || !name.trim()}
              loading={saving.isPending}
            >
              {action.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
