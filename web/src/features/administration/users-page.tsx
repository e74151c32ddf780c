import { Group, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ACCOUNT_STATUSES, ROLES, userListQuery } from '@/api/users';
import { useAdministrationWords } from '@/i18n/administration';
import { FilterSelect, SearchField } from '@/ui/filters';
import { LoadedList } from '@/ui/loaded-list';
import { NothingMatches } from '@/ui/states';
import { AdministrationFrame } from './administration-frame';
import { UserTable } from './user-table';

const route = getRouteApi('/inside/admin/users');

export function UsersPage() {
  const words = useAdministrationWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(userListQuery(search));
  return (
    <AdministrationFrame>
      <Stack gap="sm">
        <Filters />
        <LoadedList
          query={query}
          empty={
            <NothingMatches
              title={words.nothingTitle}
              onClear={() => void navigate({ search: {} })}
            >
              {words.nothing}
            </NothingMatches>
          }
        >
          {(users) => <UserTable users={users} />}
        </LoadedList>
      </Stack>
    </AdministrationFrame>
  );
}

function Filters() {
  const words = useAdministrationWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  return (
    <Group gap="xs" role="search">
      <SearchField
        label={words.search}
        maxLength={64}
        value={search.q}
        onChange={(q) => change({ q })}
      />
      <FilterSelect
        label={words.roleLabel}
        any={words.anyRole}
        choices={ROLES.map((value) => ({ value, label: words.role[value] }))}
        value={search.role}
        onChange={(role) => change({ role })}
      />
      <FilterSelect
        label={words.statusLabel}
        any={words.anyStatus}
        choices={ACCOUNT_STATUSES.map((value) => ({ value, label: words.status[value] }))}
        value={search.status}
        onChange={(status) => change({ status })}
      />
    </Group>
  );
}
