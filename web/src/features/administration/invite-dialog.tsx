import { ActionIcon, Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { INVITATIONS, invite, type InvitationRequest, type NewInvitation } from '@/api/invitations';
import { MEMBER_ROLES, type MemberRole } from '@/api/members';
import { ApiProblem, hasStatus } from '@/api/problem';
import { ROLES, type Role } from '@/api/users';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useAdministrationWords } from '@/i18n/administration';
import { useMessages } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import classes from './administration.module.css';

const MOST_WAREHOUSES = 20;

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const words = useAdministrationWords();
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: invite,
    onSuccess: () => queries.invalidateQueries({ queryKey: INVITATIONS }),
  });
  return (
    <Dialog
      size="lg"
      onClose={onClose}
      title={sending.data ? words.sentTitle(sending.data.email) : words.inviteTitle}
    >
      {sending.data ? (
        <Sent invitation={sending.data} onAnother={sending.reset} onClose={onClose} />
      ) : (
        <InviteForm
          pending={sending.isPending}
          onSend={(request) => sending.mutateAsync(request)}
        />
      )}
    </Dialog>
  );
}

interface Draft {
  email: string;
  role: Role;
  warehouses: { warehouse_id: string; role: MemberRole }[];
}

type InvitationForm = Pick<
  UseFormReturnType<Draft>,
  'values' | 'getInputProps' | 'insertListItem' | 'removeListItem'
>;

interface InviteFormProps {
  pending: boolean;
  onSend: (request: InvitationRequest) => Promise<unknown>;
}

function InviteForm({ pending, onSend }: InviteFormProps) {
  const words = useAdministrationWords();
  const notify = useNotify();
  const form = useForm<Draft>({
    initialValues: { email: '', role: 'member', warehouses: [] },
    validate: {
      email: (email) => (/^\S+@\S+$/.test(email.trim()) ? null : words.badEmail),
      warehouses: { warehouse_id: (id) => (id ? null : words.chooseWarehouse) },
    },
  });
  async function send({ email, role, warehouses }: Draft) {
    try {
      await onSend({ email: email.trim(), role, warehouses });
    } catch (error) {
      const wrong = error instanceof ApiProblem ? error.errorAt('/email') : undefined;
      if (wrong) form.setFieldError('email', wrong);
      else if (hasStatus(error, 409)) form.setFieldError('email', error.message);
      else notify.failed(error);
    }
  }
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack>
        <Text size="sm" c="dimmed">
          {words.inviteLead}
        </Text>
        <TextInput
          data-autofocus
          type="email"
          label={words.email}
          maxLength={254}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <Select
          label={words.roleLabel}
          description={words.changeText[form.values.role]}
          allowDeselect={false}
          data={ROLES.map((value) => ({ value, label: words.role[value] }))}
          {...form.getInputProps('role')}
        />
        <WarehouseRows form={form} />
        <Button type="submit" loading={pending} ml="auto">
          {words.send}
        </Button>
      </Stack>
    </form>
  );
}

function WarehouseRows({ form }: { form: InvitationForm }) {
  const words = useAdministrationWords();
  const warehouses = useWarehouses();
  const rows = form.values.warehouses;
  const chosen = new Set(rows.map(({ warehouse_id }) => warehouse_id));
  const free = warehouses.filter(({ id }) => !chosen.has(id));
  return (
    <div role="group" aria-labelledby="warehouses-of-invitation">
      <Text size="sm" fw={500} id="warehouses-of-invitation">
        {words.warehouses}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {warehouses.length > 0 ? words.warehousesHint : words.noWarehouses}
      </Text>
      <Stack gap="xs">
        {rows.map((row, index) => (
          <div key={index} className={classes.rows}>
            <Select
              aria-label={words.warehouse(index + 1)}
              placeholder={words.chooseWarehouse}
              allowDeselect={false}
              searchable={warehouses.length > 8}
              data={warehouses
                .filter(({ id }) => id === row.warehouse_id || !chosen.has(id))
                .map(({ id, name }) => ({ value: id, label: name }))}
              {...form.getInputProps(`warehouses.${index}.warehouse_id`)}
            />
            <Select
              aria-label={words.warehouseRole(index + 1)}
              allowDeselect={false}
              data={MEMBER_ROLES.map((value) => ({ value, label: words.role[value] }))}
              {...form.getInputProps(`warehouses.${index}.role`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={words.removeWarehouse(index + 1)}
              onClick={() => form.removeListItem('warehouses', index)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        {free.length > 0 && rows.length < MOST_WAREHOUSES ? (
          <Button
            variant="default"
            size="xs"
            w="fit-content"
            onClick={() =>
              form.insertListItem('warehouses', {
                warehouse_id: (free.length === 1 && free[0]?.id) || '',
                role: 'viewer',
              })
            }
          >
            {words.addWarehouse}
          </Button>
        ) : null}
      </Stack>
    </div>
  );
}

interface SentProps {
  invitation: NewInvitation;
  onAnother: () => void;
  onClose: () => void;
}

function Sent({ invitation, onAnother, onClose }: SentProps) {
  const words = useAdministrationWords();
  const { action } = useMessages();
  const { copied, copy } = useClipboard({ timeout: 1500 });
  // Where the stack does not know its own address, it is a path.
  const link = invitation.link && new URL(invitation.link, window.location.origin).href;
  return (
    <Stack>
      {link ? (
        <>
          <Alert variant="light" color="yellow">
            {words.linkText}
          </Alert>
          <TextInput
            readOnly
            label={words.link}
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
        </>
      ) : (
        <Text>{words.sent}</Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onAnother}>
          {words.another}
        </Button>
        {link && 'clipboard' in navigator ? (
          <Button
            leftSection={
              copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />
            }
            onClick={() => copy(link)}
          >
            {copied ? action.copied : words.copyLink}
          </Button>
        ) : (
          <Button onClick={onClose}>{action.close}</Button>
        )}
      </Group>
    </Stack>
  );
}
