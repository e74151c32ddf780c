import { useBlocker } from '@tanstack/react-router';
import { useLayoutEffect, useRef } from 'react';
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
  // The blocker takes note of a change some time after the screen does; whoever sees that all is
  // saved must be able to leave at once.
  const unsaved = useRef(active);
  useLayoutEffect(() => {
    unsaved.current = active;
  }, [active]);
  const leaving = useBlocker({
    shouldBlockFn: () => unsaved.current,
    enableBeforeUnload: () => unsaved.current,
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
