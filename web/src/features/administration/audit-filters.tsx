import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useAuditWords } from '@/i18n/audit';
import { useMessages } from '@/i18n/i18n';
import { useTypedFilter } from '@/ui/typed-filter';

const route = getRouteApi('/inside/admin/audit');

/** Person, action, object and time: all of it stands in the address. */
export function AuditFilters() {
  const words = useAuditWords();
  const { action } = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const user = useTypedFilter(search.user, (wanted) => change({ user: wanted }));
  const object = useTypedFilter(search.object, (wanted) => change({ object: wanted }));
  const actions = Object.entries(words.actions)
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label));
  return (
    <Group gap="xs" role="search" align="end">
      <TextInput label={words.person} w={150} maxLength={64} {...user} />
      <Select
        label={words.action}
        w={220}
        searchable
        clearable
        placeholder={words.anyAction}
        data={actions}
        value={search.action ?? null}
        onChange={(value) => change({ action: value ?? undefined })}
      />
      <TextInput
        label={words.object}
        placeholder={words.objectHint}
        w={210}
        maxLength={200}
        {...object}
      />
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={words[end]}
          w={145}
          value={search[end] ?? ''}
          onChange={(event) => change({ [end]: event.currentTarget.value || undefined })}
        />
      ))}
      {Object.values(search).some(Boolean) ? (
        <Button
          variant="default"
          leftSection={<IconFilterOff size={16} aria-hidden />}
          onClick={() => void navigate({ search: {} })}
        >
          {action.clearFilters}
        </Button>
      ) : null}
    </Group>
  );
}
