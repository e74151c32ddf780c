import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { hasStatus, Unreachable } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';

/** Short words at the edge of the screen about what has just happened. */
export function useNotify() {
  const { state } = useMessages();
  const failed = useCallback(
    (error: unknown) => {
      const message =
        error instanceof Unreachable
          ? state.unreachable
          : hasStatus(error, 429)
            ? state.busy
            : error instanceof Error
              ? error.message
              : undefined;
      notifications.show({ color: 'red', title: state.failed, message, role: 'alert' });
    },
    [state],
  );
  const done = useCallback((message: string) => {
    notifications.show({ message, color: 'green', role: 'status' });
  }, []);
  return { done, failed };
}
