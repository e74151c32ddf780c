import { Badge, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PROFILE, turnSecondFactorOff, type Profile } from '@/api/account';
import { useAccountWords } from '@/i18n/account';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { fieldErrors } from './field-errors';
import { SecondFactorSetup } from './second-factor-setup';

export function SecondFactorCard({ profile }: { profile: Profile }) {
  const { otp: words } = useAccountWords();
  const [dialog, setDialog] = useState<'on' | 'off' | null>(null);
  const close = () => setDialog(null);
  const isOn = profile.otp_enabled;
  return (
    <Card title={words.title}>
      <Text size="sm" c="dimmed">
        {isOn ? words.on : words.off}
      </Text>
      <Group>
        {isOn ? (
          <Button variant="default" onClick={() => setDialog('off')}>
            {words.turnOff}
          </Button>
        ) : (
          <Button onClick={() => setDialog('on')}>{words.turnOn}</Button>
        )}
        {isOn ? (
          <Badge variant="light" color="green">
            TOTP
          </Badge>
        ) : null}
      </Group>
      {dialog === 'on' ? <SecondFactorSetup onClose={close} /> : null}
      {dialog === 'off' ? <TurnOff onClose={close} /> : null}
    </Card>
  );
}

function TurnOff({ onClose }: { onClose: () => void }) {
  const { otp: words } = useAccountWords();
  const { action } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const form = useForm({ initialValues: { password: '' } });
  const turning = useMutation({
    mutationFn: ({ password }: { password: string }) => turnSecondFactorOff(password),
    onSuccess: async () => {
      notify.done(words.turnedOff);
      await queries.invalidateQueries({ queryKey: PROFILE });
      onClose();
    },
    onError: (error) => {
      const wrong = fieldErrors(error);
      if (wrong) form.setErrors(wrong);
      else notify.failed(error);
    },
  });
  return (
    <Dialog onClose={onClose} title={words.turnOffTitle}>
      <form onSubmit={form.onSubmit((values) => turning.mutate(values))}>
        <Stack>
          <Text>{words.turnOffText}</Text>
          <PasswordInput
            label={words.password}
            autoComplete="current-password"
            data-autofocus
            {...form.getInputProps('password')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" color="red.8" loading={turning.isPending}>
              {words.turnOff}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
