import { Select } from '@mantine/core';
import { FIELDS, OPTIONAL_FIELDS, REQUIRED_FIELDS, WANTED_FIELDS, type Field } from '@/api/fields';
import { useMessages } from '@/i18n/i18n';

interface FieldSelectProps {
  'aria-label': string;
  /** What a column that holds nothing of interest is called. */
  unused: string;
  value: Field | null;
  onChange: (field: Field | null) => void;
}

/** What a column holds, the needed fields first. */
export function FieldSelect({ unused, value, onChange, ...rest }: FieldSelectProps) {
  const { field: names, mapping: words } = useMessages();
  const options = (fields: readonly Field[]) =>
    fields.map((field) => ({ value: field, label: names[field] }));
  return (
    <Select
      {...rest}
      allowDeselect={false}
      data={[
        { value: '', label: unused },
        { group: words.needed, items: options(REQUIRED_FIELDS) },
        { group: words.recommended, items: options(WANTED_FIELDS) },
        { group: words.other, items: options(OPTIONAL_FIELDS) },
      ]}
      value={value ?? ''}
      onChange={(name) => onChange(FIELDS.find((field) => field === name) ?? null)}
    />
  );
}
