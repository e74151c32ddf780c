import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { askForReset } from '@/api/session/recovery';
import { useAuthWords } from '@/i18n/auth';
import { useMessages } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';
import { AuthFrame } from './auth-frame';
import { useRefusal } from './refusal';

export function ForgotPasswordPage() {
  const auth = useAuthWords();
  const words = auth.recovery;
  const { state } = useMessages();
  const refusal = useRefusal();
  const [refused, setRefused] = useState<string | null>(null);
  const [sent, setSent] = useState(false);
  const form = useForm({
    initialValues: { username: '' },
    validate: { username: (name) => (name.trim() ? null : state.required) },
  });

  async function submit({ username }: typeof form.values) {
    setRefused(null);
    try {
      await askForReset(username.trim());
      setSent(true);
    } catch (error) {
      setRefused(refusal(error));
    }
  }

  return (
    <AuthFrame title={sent ? words.sentTitle : words.forgotTitle}>
      <Stack>
        {sent ? (
          <Stack gap="sm" role="status">
            <Text>{words.sent}</Text>
            <Text c="dimmed">{words.noMail}</Text>
          </Stack>
        ) : (
          <form noValidate onSubmit={form.onSubmit(submit)}>
            <Stack>
              {refused ? (
                <Alert variant="light" color="red" role="alert">
                  {refused}
                </Alert>
              ) : null}
              <Text>{words.forgotText}</Text>
              <TextInput
                label={auth.usernameOrEmail}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                data-autofocus
                {...form.getInputProps('username')}
              />
              <Button type="submit" loading={form.submitting}>
                {words.send}
              </Button>
            </Stack>
          </form>
        )}
        <TextLink size="sm" to="/sign-in" underline="always">
          {words.back}
        </TextLink>
      </Stack>
    </AuthFrame>
  );
}
