import { Button, Center, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { beginSecondFactor, confirmSecondFactor, PROFILE } from '@/api/account';
import type { Schemas } from '@/api/client';
import { useAccountWords } from '@/i18n/account';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { fieldErrors } from './field-errors';
import { QrCode } from './qr-code';
import { Secret } from './secret';

type Setup = Schemas['SecondFactorSetup'];

/** The password again, the app's first code, then the recovery codes; one step after the other. */
export function SecondFactorSetup({ onClose }: { onClose: () => void }) {
  const { otp: words } = useAccountWords();
  const queries = useQueryClient();
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = () => {
    if (codes) void queries.invalidateQueries({ queryKey: PROFILE });
    onClose();
  };
  return (
    <Dialog
      onClose={close}
      // What is shown once must not be lost by a slip.
      closeOnClickOutside={false}
      closeOnEscape={codes === null}
      title={codes ? words.codesTitle : words.setupTitle}
    >
      {codes ? (
        <Codes codes={codes} onDone={close} />
      ) : setup ? (
        <FirstCode setup={setup} onConfirmed={setCodes} />
      ) : (
        <PasswordAgain onBegun={setSetup} />
      )}
    </Dialog>
  );
}

function PasswordAgain({ onBegun }: { onBegun: (setup: Setup) => void }) {
  const { otp: words } = useAccountWords();
  const notify = useNotify();
  const form = useForm({ initialValues: { password: '' } });
  const beginning = useMutation({
    mutationFn: ({ password }: { password: string }) => beginSecondFactor(password),
    onSuccess: onBegun,
    onError: (error) => {
      const wrong = fieldErrors(error);
      if (wrong) form.setErrors(wrong);
      else notify.failed(error);
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => beginning.mutate(values))}>
      <Stack>
        <PasswordInput
          label={words.password}
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps('password')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={beginning.isPending}>
            {words.next}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FirstCodeProps {
  setup: Setup;
  onConfirmed: (codes: string[]) => void;
}

function FirstCode({ setup, onConfirmed }: FirstCodeProps) {
  const { otp: words } = useAccountWords();
  const notify = useNotify();
  const form = useForm({ initialValues: { code: '' } });
  const confirming = useMutation({
    mutationFn: ({ code }: { code: string }) => confirmSecondFactor(code),
    onSuccess: (confirmed) => onConfirmed(confirmed.recovery_codes),
    onError: (error) => {
      const wrong = fieldErrors(error);
      if (wrong) form.setErrors(wrong);
      else notify.failed(error);
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => confirming.mutate(values))}>
      <Stack>
        <Text>{words.scan}</Text>
        <Center>
          <QrCode text={setup.uri} label={words.picture} />
        </Center>
        <Secret label={words.secret} copyLabel={words.copySecret} text={setup.secret} />
        <TextInput
          label={words.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          data-autofocus
          {...form.getInputProps('code')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={confirming.isPending}>
            {words.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { otp: words } = useAccountWords();
  return (
    <Stack>
      <Text>{words.codesText}</Text>
      <Secret label={words.codesTitle} copyLabel={words.copyCodes} text={codes.join('\n')} />
      <Group justify="flex-end">
        <Button onClick={onDone}>{words.done}</Button>
      </Group>
    </Stack>
  );
}
