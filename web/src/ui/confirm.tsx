import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMessages } from '@/i18n/i18n';

interface ConfirmProps {
  opened: boolean;
  title: string;
  confirm: string;
  danger?: boolean;
  pending?: boolean;
  /** It is known that it cannot be done, as the children say. */
  impossible?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function Confirm(props: ConfirmProps) {
  const { action } = useMessages();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': action.close }}
    >
      <Stack>
        {typeof props.children === 'string' ? <Text>{props.children}</Text> : props.children}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {action.cancel}
          </Button>
          <Button
            disabled={props.impossible ?? false}
            color={props.danger ? 'red.8' : undefined}
            loading={props.pending ?? false}
            onClick={props.onConfirm}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
