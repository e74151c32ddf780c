import { Select } from '@mantine/core';
import { useSession } from '@/api/session/session';
import { useMessages } from '@/i18n/i18n';

interface PeopleSelectProps {
  people: readonly string[];
  /** Someone who is not among the people any more is shown all the same. */
  value: string | null | undefined;
  onChange: (username: string | null) => void;
  /** What choosing nobody is called. */
  none: string;
  label?: string;
  'aria-label'?: string;
  disabled?: boolean;
  error?: string | undefined;
}

export function PeopleSelect({ people, value, onChange, none, ...rest }: PeopleSelectProps) {
  const { triage: words } = useMessages();
  const me = useSession()?.username;
  const names = value && !people.includes(value) ? [...people, value] : people;
  return (
    <Select
      {...rest}
      allowDeselect={false}
      searchable={names.length > 8}
      data={[
        { value: '', label: none },
        ...names.map((name) => ({ value: name, label: name === me ? words.me(name) : name })),
      ]}
      value={value ?? ''}
      onChange={(name) => onChange(name || null)}
    />
  );
}
