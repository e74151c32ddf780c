import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem, hasStatus } from '@/api/problem';
import { session } from '@/api/session/session';
import { logIn } from '@/api/session/tokens';
import { useAuthWords } from '@/i18n/auth';
import { useMessages } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';
import { AuthFrame } from './auth-frame';
import { useRefusal } from './refusal';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const auth = useAuthWords();
  const { state } = useMessages();
  const { next } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const refusal = useRefusal();
  const [refused, setRefused] = useState<string | null>(null);
  const [needsCode, setNeedsCode] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (needsCode) codeField.current?.focus();
  }, [needsCode]);
  const form = useForm({
    initialValues: { username: '', password: '', otp: '' },
    validate: {
      username: (name) => (name.trim() ? null : state.required),
      password: (password) => (password ? null : state.required),
    },
  });

  async function submit({ username, password, otp }: typeof form.values) {
    setRefused(null);
    try {
      const signedIn = await logIn({ username, password, otp: otp.trim() || null });
      queries.clear();
      session.begin(signedIn);
      router.history.push(next ?? '/');
    } catch (error) {
      const asksForCode = error instanceof ApiProblem && error.kind === 'otp-required';
      setNeedsCode(asksForCode);
      if (asksForCode && otp) form.setFieldError('otp', auth.wrongCode);
      else if (!asksForCode) setRefused(hasStatus(error, 401) ? auth.wrong : refusal(error));
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
            label={auth.usernameOrEmail}
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
          {needsCode ? (
            <TextInput
              label={auth.code}
              description={auth.codeHint}
              autoComplete="one-time-code"
              ref={codeField}
              maxLength={64}
              {...form.getInputProps('otp')}
            />
          ) : null}
          <Button type="submit" loading={form.submitting}>
            {auth.signIn}
          </Button>
          <TextLink size="sm" to="/forgot-password" underline="always">
            {auth.forgot}
          </TextLink>
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
