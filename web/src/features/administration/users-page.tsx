import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ACCOUNT_STATUSES, ROLES, userListQuery } from '@/api/users';
import { useAdministrationWords } from '@/i18n/administration';
import { useMessages } from '@/i18n/i18n';
import { useLateChange } from '@/ui/late-change';
import { LoadMore } from '@/ui/load-more';
import { Loaded, Notice } from '@/ui/states';
import { AdministrationFrame } from './administration-frame';
import { UserTable } from './user-table';

const route = getRouteApi('/inside/admin/users');

export function UsersPage() {
  const words = useAdministrationWords();
  const { action } = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(userListQuery(search));
  const all = query.data?.pages.flatMap((page) => page.entries);
  return (
    <AdministrationFrame>
      <Stack gap="sm">
        <Filters key={JSON.stringify(search) === '{}' ? 'cleared' : 'used'} />
        <Loaded query={{ ...query, data: all }}>
          {(users) =>
            users.length > 0 ? (
              <UserTable users={users} />
            ) : (
              <Notice
                icon={IconFilterOff}
                title={words.nothingTitle}
                action={
                  <Button variant="default" onClick={() => void navigate({ search: {} })}>
                    {action.clearFilters}
                  </Button>
                }
              >
                {words.nothing}
              </Notice>
            )
          }
        </Loaded>
        <LoadMore query={query} />
      </Stack>
    </AdministrationFrame>
  );
}

function Filters() {
  const words = useAdministrationWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(search.q ?? '');
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const find = useLateChange((q: string) => change({ q: q.trim() || undefined }), 250);
  return (
    <Group gap="xs" role="search">
      <TextInput
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<IconSearch size={16} aria-hidden />}
        style={{ flex: '1 1 14rem', maxWidth: '24rem' }}
        maxLength={64}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
      />
      <Select
        aria-label={words.roleLabel}
        w={180}
        allowDeselect={false}
        data={[
          { value: '', label: words.anyRole },
          ...ROLES.map((value) => ({ value, label: words.role[value] })),
        ]}
        value={search.role ?? ''}
        onChange={(role) => change({ role: role || undefined })}
      />
      <Select
        aria-label={words.statusLabel}
        w={180}
        allowDeselect={false}
        data={[
          { value: '', label: words.anyStatus },
          ...ACCOUNT_STATUSES.map((value) => ({ value, label: words.status[value] })),
        ]}
        value={search.status ?? ''}
        onChange={(status) => change({ status: status || undefined })}
      />
    </Group>
  );
}
