import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changePassword, SESSIONS } from '@/api/account';
import { useAccountWords } from '@/i18n/account';
import { useAuthWords } from '@/i18n/auth';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { useNotify } from '@/ui/notify';
import { fieldErrors } from './field-errors';

export function PasswordCard() {
  const { password: words } = useAccountWords();
  const auth = useAuthWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const form = useForm({
    initialValues: { current_password: '', new_password: '' },
    validate: {
      current_password: (password) => (password ? null : state.required),
      new_password: (password) => (password ? null : state.required),
    },
  });
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess: async () => {
      form.reset();
      notify.done(words.changed);
      await queries.invalidateQueries({ queryKey: SESSIONS });
    },
    onError: (error) => {
      const wrong = fieldErrors(error);
      if (wrong) form.setErrors(wrong);
      else notify.failed(error);
    },
  });
  return (
    <Card title={words.title}>
      <Text size="sm" c="dimmed">
        {words.lead}
      </Text>
      <form noValidate onSubmit={form.onSubmit((values) => changing.mutate(values))}>
        <Stack align="flex-start">
          <PasswordInput
            w="100%"
            label={words.current}
            autoComplete="current-password"
            {...form.getInputProps('current_password')}
          />
          <PasswordInput
            w="100%"
            label={words.new}
            description={auth.passwordHint}
            autoComplete="new-password"
            {...form.getInputProps('new_password')}
          />
          <Button type="submit" loading={changing.isPending}>
            {words.change}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
