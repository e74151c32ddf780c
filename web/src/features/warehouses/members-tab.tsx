import { Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  MEMBER_ROLES,
  membersKey,
  membersQuery,
  putMember,
  removeMember,
  type Member,
  type MemberRole,
} from '@/api/members';
import { useSession } from '@/api/session/session';
import { WAREHOUSES, type WarehouseSummary } from '@/api/warehouses';
import { mayConfigure, mayOwn } from '@/domain/warehouses/membership-role';
import { useFormat } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import { LoadMore } from '@/ui/load-more';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';
import { Loaded } from '@/ui/states';
import classes from './members.module.css';
import { ShareForm } from './share-form';

/** Who shares the warehouse, and what each of them may do. */
export function MembersTab({ warehouse }: { warehouse: WarehouseSummary }) {
  const { members: words, role: roles } = useWarehouseWords();
  const session = useSession();
  const query = useInfiniteQuery(membersQuery(warehouse.id));
  const all = query.data?.pages.flatMap((page) => page.members);
  const you = (name: string) => (name === session?.username ? ` (${words.you})` : '');
  return (
    <Stack gap="md">
      {mayConfigure(warehouse.role) ? <ShareForm warehouse={warehouse} /> : null}
      <Card title={words.list}>
        <Text size="sm" c="dimmed">
          {words.lead}{' '}
          {mayOwn(warehouse.role)
            ? null
            : mayConfigure(warehouse.role)
              ? words.ownerOnly
              : words.managersOnly}
        </Text>
        <Loaded query={{ ...query, data: all }}>
          {(members) => (
            <Table verticalSpacing="sm" className={classes.table}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.username}</Table.Th>
                  <Table.Th>{words.roleLabel}</Table.Th>
                  <Table.Th>{words.since}</Table.Th>
                  <Table.Td />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                <Table.Tr>
                  <Table.Th scope="row" fw={600}>
                    {warehouse.username}
                    {you(warehouse.username)}
                  </Table.Th>
                  <Table.Td>{roles.owner}</Table.Td>
                  <Table.Td className={classes.since} />
                  <Table.Td />
                </Table.Tr>
                {members.map((member) => (
                  <MemberRow
                    key={member.username}
                    member={member}
                    warehouse={warehouse}
                    isSelf={member.username === session?.username}
                  />
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Loaded>
        {all?.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.nobody}
          </Text>
        ) : null}
        <LoadMore query={query} />
      </Card>
    </Stack>
  );
}

interface MemberRowProps {
  member: Member;
  warehouse: WarehouseSummary;
  isSelf: boolean;
}

function MemberRow({ member, warehouse, isSelf }: MemberRowProps) {
  const { members: words, role: roles, aRole } = useWarehouseWords();
  const format = useFormat();
  const queries = useQueryClient();
  const notify = useNotify();
  const [removing, setRemoving] = useState(false);
  const { username, role } = member;
  // Managers make viewers and operators; managers themselves are the owner's to make.
  const may =
    mayOwn(warehouse.role) || (mayConfigure(warehouse.role) && role !== 'manager' && !isSelf);
  const choices = MEMBER_ROLES.filter((choice) => choice !== 'manager' || mayOwn(warehouse.role));
  const changing = useMutation({
    mutationFn: (next: MemberRole) => putMember(warehouse.id, username, next),
    onSuccess: (changed) => notify.done(words.changed(username, aRole[changed.role])),
    onError: notify.failed,
    onSettled: () => queries.invalidateQueries({ queryKey: membersKey(warehouse.id) }),
  });
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {username}
        {isSelf ? ` (${words.you})` : null}
      </Table.Th>
      <Table.Td>
        {may ? (
          <Select
            aria-label={words.roleOf(username)}
            size="sm"
            maw={170}
            allowDeselect={false}
            disabled={changing.isPending}
            data={choices.map((value) => ({ value, label: roles[value] }))}
            value={changing.isPending ? changing.variables : role}
            onChange={(next) => {
              const chosen = choices.find((choice) => choice === next);
              if (chosen && chosen !== role) changing.mutate(chosen);
            }}
          />
        ) : (
          roles[role]
        )}
      </Table.Td>
      <Table.Td className={classes.since}>
        {format.ago(member.since)}{' '}
        <Text span size="sm" c="dimmed">
          {words.addedBy(member.added_by)}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        {may || isSelf ? (
          <Button
            size="xs"
            variant="default"
            aria-label={isSelf ? words.leave : words.removeOf(username)}
            onClick={() => setRemoving(true)}
          >
            {isSelf ? words.leave : words.remove}
          </Button>
        ) : null}
        {removing ? (
          <Remove {...{ username, isSelf, warehouse }} onClose={() => setRemoving(false)} />
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

interface RemoveProps {
  username: string;
  isSelf: boolean;
  warehouse: WarehouseSummary;
  onClose: () => void;
}

function Remove({ username, isSelf, warehouse, onClose }: RemoveProps) {
  const { members: words } = useWarehouseWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const removal = useMutation({
    mutationFn: () => removeMember(warehouse.id, username),
    onSuccess: async () => {
      if (isSelf) {
        await navigate({ to: '/warehouses' });
        // What was seen of it must not be shown from memory.
        queries.removeQueries({ queryKey: [...WAREHOUSES, 'one', warehouse.id] });
        void queries.invalidateQueries();
      } else await queries.invalidateQueries({ queryKey: membersKey(warehouse.id) });
      notify.done(isSelf ? words.left : words.removed(username));
    },
    onError: notify.failed,
    onSettled: onClose,
  });
  return (
    <Confirm
      opened
      danger
      title={isSelf ? words.leaveTitle : words.removeTitle}
      confirm={isSelf ? words.leave : words.remove}
      pending={removal.isPending}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      <Group justify="flex-start">
        <Text ta="left">{isSelf ? words.leaveText : words.removeText(username)}</Text>
      </Group>
    </Confirm>
  );
}
