import { Button, Stack, Table, Text } from '@mantine/core';
import { IconMailOff, IconMailPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  INVITATIONS,
  invitationListQuery,
  withdrawInvitation,
  type Invitation,
} from '@/api/invitations';
import { hasStatus } from '@/api/problem';
import { useAdministrationWords } from '@/i18n/administration';
import { useFormat } from '@/i18n/i18n';
import { LoadMore } from '@/ui/load-more';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';
import { Loaded, Notice } from '@/ui/states';
import { AdministrationFrame } from './administration-frame';
import classes from './administration.module.css';
import { InviteDialog } from './invite-dialog';

export function InvitationsPage() {
  const words = useAdministrationWords();
  const [inviting, setInviting] = useState(false);
  const query = useInfiniteQuery(invitationListQuery());
  const all = query.data?.pages.flatMap((page) => page.invitations);
  return (
    <AdministrationFrame
      actions={
        <Button
          leftSection={<IconMailPlus size={18} aria-hidden />}
          onClick={() => setInviting(true)}
        >
          {words.invite}
        </Button>
      }
    >
      <Stack gap="sm">
        <Loaded query={{ ...query, data: all }}>
          {(invitations) =>
            invitations.length > 0 ? (
              <InvitationTable invitations={invitations} />
            ) : (
              <Notice icon={IconMailOff} title={words.pendingEmptyTitle}>
                {words.pendingEmpty}
              </Notice>
            )
          }
        </Loaded>
        <LoadMore query={query} />
      </Stack>
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </AdministrationFrame>
  );
}

function InvitationTable({ invitations }: { invitations: readonly Invitation[] }) {
  const words = useAdministrationWords();
  const format = useFormat();
  const [withdrawing, setWithdrawing] = useState<Invitation | null>(null);
  return (
    <Card title={words.pending}>
      <Table verticalSpacing="sm" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.email}</Table.Th>
            <Table.Th>{words.roleLabel}</Table.Th>
            <Table.Th>{words.until}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invitations.map((invitation) => (
            <Table.Tr key={invitation.id}>
              <Table.Th scope="row" className={classes.name}>
                {invitation.email}
                <Text size="xs" c="dimmed" fw={400}>
                  {words.invitedBy(invitation.invited_by)} · {format.ago(invitation.created_at)}
                </Text>
              </Table.Th>
              <Table.Td>
                {words.role[invitation.role]}
                {invitation.warehouses.length > 0 ? (
                  <Text size="xs" c="dimmed">
                    {words.memberOf(invitation.warehouses.length)}
                  </Text>
                ) : null}
              </Table.Td>
              <Table.Td className={classes.since}>
                {format.dateTime(invitation.expires_at)}
              </Table.Td>
              <Table.Td ta="right" className={classes.action}>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={words.withdrawOf(invitation.email)}
                  onClick={() => setWithdrawing(invitation)}
                >
                  {words.withdraw}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {withdrawing ? (
        <Withdraw invitation={withdrawing} onClose={() => setWithdrawing(null)} />
      ) : null}
    </Card>
  );
}

function Withdraw({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const words = useAdministrationWords();
  const queries = useQueryClient();
  const notify = useNotify();
  const withdrawal = useMutation({
    mutationFn: async () => {
      try {
        await withdrawInvitation(invitation.id);
      } catch (error) {
        // Used, withdrawn or too old by now: it does not hold any more, which is what was wanted.
        if (!hasStatus(error, 404)) throw error;
      }
    },
    onSuccess: () => notify.done(words.withdrawn),
    onError: notify.failed,
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: INVITATIONS });
      onClose();
    },
  });
  return (
    <Confirm
      opened
      danger
      title={words.withdrawTitle}
      confirm={words.withdraw}
      pending={withdrawal.isPending}
      onConfirm={() => withdrawal.mutate()}
      onClose={onClose}
    >
      {words.withdrawText(invitation.email)}
    </Confirm>
  );
}
