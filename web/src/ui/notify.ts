import { notifications } from '@mantine/notifications';
import { useCallback, useMemo } from 'react';
import { hasStatus, Unreachable } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';

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
  return { done, failed };
}
