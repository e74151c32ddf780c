import { Button, Group, Select, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '@/api/session/session';
import { ROLES, type User } from '@/api/users';
import { useAdministrationWords } from '@/i18n/administration';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import classes from './administration.module.css';
import { ChangeDialog, type AccountChange } from './change-dialog';
import { DeleteDialog } from './delete-dialog';

export function UserTable({ users }: { users: readonly User[] }) {
  const words = useAdministrationWords();
  const [changing, setChanging] = useState<{ user: User; change: AccountChange } | null>(null);
  const [deleting, setDeleting] = useState<User | null>(null);
  return (
    <Card p={0}>
      <Table verticalSpacing="sm" horizontalSpacing="md" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th>{words.roleLabel}</Table.Th>
            <Table.Th>{words.statusLabel}</Table.Th>
            <Table.Th>{words.since}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <UserRow
              key={user.username}
              user={user}
              onChange={(change) => setChanging({ user, change })}
              onDelete={() => setDeleting(user)}
            />
          ))}
        </Table.Tbody>
      </Table>
      {changing ? <ChangeDialog {...changing} onClose={() => setChanging(null)} /> : null}
      {deleting ? <DeleteDialog user={deleting} onClose={() => setDeleting(null)} /> : null}
    </Card>
  );
}

interface UserRowProps {
  user: User;
  onChange: (change: AccountChange) => void;
  onDelete: () => void;
}

function UserRow({ user, onChange, onDelete }: UserRowProps) {
  const words = useAdministrationWords();
  const format = useFormat();
  const isSelf = useSession()?.username === user.username;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.name}>
        {user.name}
        {isSelf ? ` (${words.you})` : null}
        <Text size="xs" c="dimmed" fw={400}>
          {user.email}
        </Text>
      </Table.Th>
      <Table.Td className={classes.role}>
        <Select
          aria-label={words.roleOf(user.name)}
          maw={170}
          allowDeselect={false}
          data={ROLES.map((value) => ({ value, label: words.role[value] }))}
          value={user.role}
          onChange={(next) => {
            const role = ROLES.find((known) => known === next);
            if (role && role !== user.role) onChange({ role });
          }}
        />
      </Table.Td>
      <Table.Td className={classes.status}>
        <Text span size="sm" c={user.disabled ? 'dimmed' : undefined}>
          {words.status[user.disabled ? 'disabled' : 'active']}
        </Text>
      </Table.Td>
      <Table.Td className={classes.since}>{format.ago(user.created_at)}</Table.Td>
      <Table.Td ta="right" className={classes.action}>
        <Group gap="xs" justify="flex-end">
          <Button
            size="xs"
            variant="default"
            aria-label={user.disabled ? words.enableOf(user.name) : words.disableOf(user.name)}
            onClick={() => onChange({ disabled: !user.disabled })}
          >
            {user.disabled ? words.enable : words.disable}
          </Button>
          {isSelf ? null : (
            <Button
              size="xs"
              variant="default"
              aria-label={words.deleteOf(user.name)}
              onClick={onDelete}
            >
              {words.deleteButton}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
