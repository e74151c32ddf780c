import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem, hasStatus } from '@/api/problem';
import { session } from '@/api/session/session';
import { logIn, register } from '@/api/session/tokens';
import { useAuthWords } from '@/i18n/auth';
import { useLanguage } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';
import { AuthFrame } from './auth-frame';
import { useRefusal } from './refusal';

const route = getRouteApi('/register');
const MIN_PASSWORD = 10;

export function RegisterPage() {
  const { locale, messages } = useLanguage();
  const { state } = messages;
  const auth = useAuthWords();
  const { next, invitation } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const refusal = useRefusal();
  const [refused, setRefused] = useState<{ title?: string | undefined; text: string } | null>(null);
  const form = useForm({
    initialValues: { username: '', password: '', email: '' },
    validate: {
      username: (name) => (name.trim() ? null : state.required),
      password: (password) => (password.length >= MIN_PASSWORD ? null : auth.tooShort),
    },
  });

  async function submit({ username, password, email }: typeof form.values) {
    setRefused(null);
    try {
      await register({
        username: username.trim(),
        password,
        email: email.trim() || null,
        language: locale,
        invitation: invitation ?? null,
      });
      const signedIn = await logIn({ username, password });
      queries.clear();
      session.begin(signedIn);
      router.history.push(next ?? '/');
    } catch (error) {
      if (error instanceof ApiProblem && error.errors.length > 0) {
        form.setErrors(
          Object.fromEntries(
            error.errors.map((fieldError) => [fieldError.pointer.slice(1), fieldError.detail]),
          ),
        );
      } else if (hasStatus(error, 409) && !invitation) {
        form.setFieldError('username', error.message);
      } else {
        const title = hasStatus(error, 403) ? auth.notOpen : undefined;
        setRefused({ title, text: refusal(error) });
      }
    }
  }

  return (
    <AuthFrame title={auth.registerTitle}>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Stack>
          {invitation && !refused ? (
            <Alert variant="light" role="status" title={auth.invitedTitle}>
              {auth.invited}
            </Alert>
          ) : null}
          {refused ? (
            <Alert variant="light" color="red" role="alert" title={refused.title}>
              {refused.text}
            </Alert>
          ) : null}
          <TextInput
            label={auth.username}
            description={auth.usernameHint}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            {...form.getInputProps('username')}
          />
          <PasswordInput
            label={auth.password}
            description={auth.passwordHint}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {/* An invitation brings the address that it was sent to. */}
          {invitation ? null : (
            <TextInput
              type="email"
              label={`${auth.email} (${state.optional})`}
              autoComplete="email"
              {...form.getInputProps('email')}
            />
          )}
          <Button type="submit" loading={form.submitting}>
            {auth.register}
          </Button>
          <Text size="sm">
            {auth.haveAccount}{' '}
            <TextLink to="/sign-in" search={{ next }} underline="always">
              {auth.signIn}
            </TextLink>
          </Text>
        </Stack>
      </form>
    </AuthFrame>
  );
}
