import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useMemo } from 'react';
import { hasStatus, Unreachable } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';

const UNDO_MS = 12_000;

/** Short words at the edge of the screen about what has just happened. */
export function useNotify() {
  const { state, action } = useMessages();
  const closeButtonProps = useMemo(() => ({ 'aria-label': action.close }), [action]);
  const failed = useCallback(
    (error: unknown) => {
      const message =
        error instanceof Unreachable
          ? state.notSent
          : hasStatus(error, 429)
            ? state.busy
            : error instanceof Error
              ? error.message
              : undefined;
      notifications.show({
        color: 'red',
        title: state.failed,
        message,
        role: 'alert',
        closeButtonProps,
      });
    },
    [state, closeButtonProps],
  );
  const done = useCallback(
    (message: string) => {
      notifications.show({ message, color: 'green', role: 'status', closeButtonProps });
    },
    [closeButtonProps],
  );
  /** As `done`, with a way back: it stands longer, so that there is time to think. */
  const undoable = useCallback(
    (message: string, undo: { label: string; onClick: () => void }) => {
      const id = crypto.randomUUID();
      const onClick = () => {
        notifications.hide(id);
        undo.onClick();
      };
      notifications.show({
        id,
        color: 'green',
        role: 'status',
        autoClose: UNDO_MS,
        closeButtonProps,
        message: (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm">{message}</Text>
            <Button size="xs" variant="default" onClick={onClick} style={{ flex: 'none' }}>
              {undo.label}
            </Button>
          </Group>
        ),
      });
    },
    [closeButtonProps],
  );
  return { done, undoable, failed };
}
