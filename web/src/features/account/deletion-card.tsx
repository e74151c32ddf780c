import { Button, Group, List, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteAccount, type Profile } from '@/api/account';
import { ownedIn } from '@/api/problem';
import { session } from '@/api/session/session';
import { useAccountWords } from '@/i18n/account';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { OwnedList } from '@/ui/owned-list';
import { fieldErrors } from './field-errors';

/** The end of the account, for its owner. */
export function DeletionCard({ profile }: { profile: Profile }) {
  const { deletion: words } = useAccountWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={words.title}>
      <Text size="sm" c="dimmed">
        {words.lead}
      </Text>
      <Group>
        <Button variant="outline" color="red.8" onClick={() => setOpen(true)}>
          {words.open}
        </Button>
      </Group>
      {isOpen ? <DeletionDialog profile={profile} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

function DeletionDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { deletion: words, otp } = useAccountWords();
  const { action, state } = useMessages();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const required = (text: string) => (text ? null : state.required);
  const form = useForm({
    initialValues: { password: '', otp: '' },
    validate: { password: required, otp: profile.otp_enabled ? required : () => null },
  });
  const deleting = useMutation({
    mutationFn: ({ password, otp: code }: { password: string; otp: string }) =>
      deleteAccount({ password, otp: code || null }),
    onSuccess: async () => {
      session.end();
      queries.clear();
      await navigate({ to: '/sign-in' });
      notify.done(words.done);
    },
    onError: (error) => {
      const wrong = fieldErrors(error);
      if (wrong) form.setErrors(wrong);
      else if (!ownedIn(error)) notify.failed(error);
    },
  });
  const owned = ownedIn(deleting.error);
  return (
    <Dialog onClose={onClose} title={words.dialogTitle}>
      <form noValidate onSubmit={form.onSubmit((values) => deleting.mutate(values))}>
        <Stack>
          <Text>{words.goes}</Text>
          <List size="sm" spacing={4}>
            {words.lost.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
          <Text size="sm">{words.stays}</Text>
          {owned ? <OwnedList title={words.shared} owned={owned} /> : null}
          <PasswordInput
            label={otp.password}
            autoComplete="current-password"
            data-autofocus
            {...form.getInputProps('password')}
          />
          {profile.otp_enabled ? (
            <TextInput
              label={words.code}
              autoComplete="one-time-code"
              {...form.getInputProps('otp')}
            />
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" color="red.8" loading={deleting.isPending}>
              {words.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
