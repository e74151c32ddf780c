import { Alert, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '@/api/problem';
import { resetPassword } from '@/api/session/recovery';
import { useAuthWords } from '@/i18n/auth';
import { useMessages } from '@/i18n/i18n';
import { ButtonLink, TextLink } from '@/ui/link';
import { AuthFrame } from './auth-frame';
import { useRefusal } from './refusal';

const route = getRouteApi('/reset-password');

export function ResetPasswordPage() {
  const auth = useAuthWords();
  const words = auth.recovery;
  const { state } = useMessages();
  const { token } = route.useSearch();
  const refusal = useRefusal();
  const [refused, setRefused] = useState<string | null>(token ? null : words.noToken);
  const [saved, setSaved] = useState(false);
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (password) => (password ? null : state.required) },
  });

  async function submit({ password }: typeof form.values) {
    setRefused(null);
    try {
      await resetPassword(token ?? '', password);
      setSaved(true);
    } catch (error) {
      const weak = error instanceof ApiProblem ? error.errorAt('/password') : undefined;
      if (weak) form.setFieldError('password', weak);
      else setRefused(refusal(error));
    }
  }

  if (saved) {
    return (
      <AuthFrame title={words.resetTitle}>
        <Stack>
          <Text role="status">{words.saved}</Text>
          <ButtonLink to="/sign-in">{auth.signIn}</ButtonLink>
        </Stack>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={words.resetTitle}>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Stack>
          {refused ? (
            <Alert variant="light" color="red" role="alert">
              {refused}{' '}
              <TextLink inherit to="/forgot-password" underline="always">
                {words.again}
              </TextLink>
            </Alert>
          ) : null}
          <PasswordInput
            label={auth.password}
            description={auth.passwordHint}
            autoComplete="new-password"
            data-autofocus
            disabled={!token}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={form.submitting} disabled={!token}>
            {words.save}
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
