import { Modal, type ModalProps } from '@mantine/core';
import { Suspense, useEffect, useState } from 'react';
import { useMessages } from '@/i18n/i18n';
import { Loading } from './states';

/** A dialog that is open as long as it is there; what had the focus before it has it again after. */
export function Dialog({ children, ...props }: Omit<ModalProps, 'opened'>) {
  const { action } = useMessages();
  useFocusBack();
  return (
    <Modal opened closeButtonProps={{ 'aria-label': action.close }} {...props}>
      {/* What it waits for does not take the screen behind it away. */}
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </Modal>
  );
}

/** The modal itself gives the focus back only where it is closed before it is taken away. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Once the dialog has left the page. Where something else took the focus, it keeps it.
      setTimeout(() => {
        if (before instanceof HTMLElement && document.activeElement === document.body)
          before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
