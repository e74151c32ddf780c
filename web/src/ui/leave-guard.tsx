import { useBlocker } from '@tanstack/react-router';
import { Confirm } from './confirm';

interface LeaveGuardProps {
  /** Whether there is something to lose. */
  active: boolean;
  title: string;
  text: string;
  discard: string;
}

/** Asks before unsaved changes are left behind. */
export function LeaveGuard({ active, title, text, discard }: LeaveGuardProps) {
  const leaving = useBlocker({
    shouldBlockFn: () => active,
    enableBeforeUnload: () => active,
    withResolver: true,
  });
  return (
    <Confirm
      opened={leaving.status === 'blocked'}
      danger
      title={title}
      confirm={discard}
      onConfirm={() => leaving.proceed?.()}
      onClose={() => leaving.reset?.()}
    >
      {text}
    </Confirm>
  );
}
