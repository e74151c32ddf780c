import { Alert, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Profile } from '@/api/account';
import { ApiProblem } from '@/api/problem';
import { useAccountWords } from '@/i18n/account';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { useProfileChange } from './profile-change';

export function EmailCard({ profile }: { profile: Profile }) {
  const { profile: words } = useAccountWords();
  const { state } = useMessages();
  const waiting = profile.pending_email ?? (profile.email_verified ? null : profile.email);
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (email) => (email.trim() ? null : state.required) },
  });
  const sending = useProfileChange(profile, ({ email }) => words.sent(email ?? ''));
  const send = (email: string) =>
    sending.mutate(
      { email },
      {
        onSuccess: () => form.reset(),
        onError: (error) => {
          const wrong = error instanceof ApiProblem && error.errorAt('/email');
          if (wrong) form.setFieldError('email', wrong);
        },
      },
    );
  return (
    <Card title={words.emailTitle}>
      <Stack gap="sm">
        {profile.email ? (
          <Group gap="xs">
            <Text style={{ overflowWrap: 'anywhere' }}>{profile.email}</Text>
            <Badge variant="light" color={profile.email_verified ? 'green' : 'gray'}>
              {profile.email_verified ? words.verified : words.unverified}
            </Badge>
          </Group>
        ) : (
          <Text c="dimmed">{words.none}</Text>
        )}
        {profile.pending_email ? (
          <Alert variant="light" role="status">
            {words.pending(profile.pending_email)}
          </Alert>
        ) : null}
        {waiting ? (
          <Button
            variant="default"
            w="fit-content"
            loading={sending.isPending}
            onClick={() => send(waiting)}
          >
            {words.again}
          </Button>
        ) : null}
        <form noValidate onSubmit={form.onSubmit(({ email }) => send(email.trim()))}>
          <Stack gap="sm" align="flex-start">
            <TextInput
              w="100%"
              type="email"
              label={words.email}
              autoComplete="email"
              {...form.getInputProps('email')}
            />
            <Button type="submit" loading={sending.isPending}>
              {words.change}
            </Button>
          </Stack>
        </form>
      </Stack>
    </Card>
  );
}
