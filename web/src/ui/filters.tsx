import { Select, TextInput } from '@mantine/core';
import { IconSearch, type Icon } from '@tabler/icons-react';
import { useTypedFilter } from './typed-filter';

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  icon?: Icon;
  maxLength?: number;
  /** What the address has. */
  value: string | undefined;
  onChange: (wanted: string | undefined) => void;
}

/** Words that a list is searched for. */
export function SearchField({
  value,
  onChange,
  icon: Sign = IconSearch,
  ...rest
}: SearchFieldProps) {
  const { label, placeholder = label, maxLength } = rest;
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<Sign size={16} aria-hidden />}
      style={{ flex: '1 1 12rem', maxWidth: '24rem' }}
      maxLength={maxLength}
      autoComplete="off"
      {...useTypedFilter(value, onChange)}
    />
  );
}

interface FilterSelectProps<Value extends string> {
  label: string;
  /** What it says while nothing is chosen. */
  any: string;
  choices: readonly { value: Value; label: string }[];
  value: Value | undefined;
  onChange: (chosen: Value | undefined) => void;
}

/** One of few, or any of them. */
export function FilterSelect<Value extends string>(props: FilterSelectProps<Value>) {
  const { label, any, choices, value, onChange } = props;
  return (
    <Select
      aria-label={label}
      style={{ flex: '1 1 11rem', maxWidth: 240 }}
      allowDeselect={false}
      searchable={choices.length > 8}
      data={[{ value: '', label: any }, ...choices]}
      value={value ?? ''}
      onChange={(chosen) => onChange(choices.find((known) => known.value === chosen)?.value)}
    />
  );
}
