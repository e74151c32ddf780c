import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MEMBER_ROLES, membersKey, putMember, type MemberRole } from '@/api/members';
import { ApiProblem } from '@/api/problem';
import type { WarehouseSummary } from '@/api/warehouses';
import { mayOwn } from '@/domain/warehouses/membership-role';
import { useMessages } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Card } from '@/ui/card';
import { useNotify } from '@/ui/notify';
import classes from './members.module.css';

export function ShareForm({ warehouse }: { warehouse: WarehouseSummary }) {
  const { members: words, role: roles } = useWarehouseWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const choices = MEMBER_ROLES.filter((role) => role !== 'manager' || mayOwn(warehouse.role));
  const form = useForm<{ username: string; role: MemberRole }>({
    initialValues: { username: '', role: 'viewer' },
    transformValues: ({ username, role }) => ({ username: username.trim().toLowerCase(), role }),
    validate: { username: (name) => (name.trim() ? null : state.required) },
  });
  const sharing = useMutation({
    mutationFn: ({ username, role }: { username: string; role: MemberRole }) =>
      putMember(warehouse.id, username, role),
    onSuccess: async ({ username }) => {
      await queries.invalidateQueries({ queryKey: membersKey(warehouse.id) });
      form.reset();
      notify.done(words.added(username));
    },
    onError: (error, { username }) => {
      const wrong = error instanceof ApiProblem && error.errorAt('/username');
      if (wrong)
        form.setFieldError('username', /no user/.test(wrong) ? words.unknown(username) : wrong);
      else notify.failed(error);
    },
  });
  return (
    <Card title={words.addTitle}>
      <form onSubmit={form.onSubmit((values) => sharing.mutate(values))}>
        <div className={classes.share}>
          <TextInput
            label={words.username}
            description={words.usernameHint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps('username')}
          />
          <Select
            label={words.roleLabel}
            allowDeselect={false}
            data={choices.map((value) => ({ value, label: roles[value] }))}
            {...form.getInputProps('role')}
          />
          <Button type="submit" className={classes.send} loading={sharing.isPending}>
            {words.add}
          </Button>
        </div>
        <Group gap="4px 20px" mt="sm">
          {choices.map((role) => (
            <Text key={role} size="sm" c="dimmed">
              <Text span fw={600} inherit>
                {roles[role]}
              </Text>{' '}
              {words.may[role]}
            </Text>
          ))}
        </Group>
      </form>
    </Card>
  );
}
