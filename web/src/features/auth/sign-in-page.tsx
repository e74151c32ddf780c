import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { hasStatus } from '@/api/problem';
import { session } from '@/api/session/session';
import { logIn } from '@/api/session/tokens';
import { useMessages } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';
import { AuthFrame } from './auth-frame';
import { useRefusal } from './refusal';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { auth } = useMessages();
  const { next } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const refusal = useRefusal();
  const [refused, setRefused] = useState<string | null>(null);
  const form = useForm({
    initialValues: { username: '', password: '' },
    validate: {
      username: (name) => (name.trim() ? null : auth.required),
      password: (password) => (password ? null : auth.required),
    },
  });

  async function submit(credentials: typeof form.values) {
    setRefused(null);
    try {
      const signedIn = await logIn(credentials);
      queries.clear();
      session.begin(signedIn);
      router.history.push(next ?? '/');
    } catch (error) {
      setRefused(hasStatus(error, 401) ? auth.wrong : refusal(error));
    }
  }

  return (
    <AuthFrame title={auth.signInTitle}>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Stack>
          {next && !refused ? (
            <Alert variant="light" role="status">
              {auth.ended}
            </Alert>
          ) : null}
          {refused ? (
            <Alert variant="light" color="red" role="alert">
              {refused}
            </Alert>
          ) : null}
          <TextInput
            label={auth.username}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            {...form.getInputProps('username')}
          />
          <PasswordInput
            label={auth.password}
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={form.submitting}>
            {auth.signIn}
          </Button>
          <Text size="sm">
            {auth.noAccount}{' '}
            <TextLink to="/register" search={{ next }} underline="always">
              {auth.register}
            </TextLink>
          </Text>
        </Stack>
      </form>
    </AuthFrame>
  );
}
