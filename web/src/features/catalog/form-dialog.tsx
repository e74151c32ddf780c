import { Button, Group, Stack } from '@mantine/core';
import type { FormEventHandler, ReactNode } from 'react';
import { useMessages } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';

interface FormDialogProps {
  title: string;
  /** On the button that sends the form. */
  submit: string;
  pending: boolean;
  onSubmit: FormEventHandler<HTMLFormElement>;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog, with its two buttons. */
export function FormDialog(props: FormDialogProps) {
  const { action } = useMessages();
  return (
    <Dialog onClose={props.onClose} title={props.title}>
      <form noValidate onSubmit={props.onSubmit}>
        <Stack>
          {props.children}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" loading={props.pending}>
              {props.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
