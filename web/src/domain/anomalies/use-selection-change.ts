import { useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useRef } from 'react';
import { stepFor } from './history-step';
import type { Selection } from './selection';

/**
 * Changes what the address selects. To open an anomaly is a step of its own, so that Back closes
 * it; to go on to the next one, to filter and to sort are none.
 */
export function useSelectionChange<S extends Selection>(): (changes: Partial<S>) => void {
  const router = useRouter();
  const navigate = useNavigate();
  const leaving = useRef(false);
  return useCallback(
    (changes: Partial<S>) => {
      const { search, state } = router.latestLocation;
      // Only pages whose addresses select anomalies use this.
      const step = stepFor(search as Selection, changes, state.openedFrom);
      if (step.back) {
        // The browser takes its time to go back; asked again meanwhile, it would go two steps.
        if (leaving.current) return;
        leaving.current = true;
        const stop = router.history.subscribe(() => {
          leaving.current = false;
          stop();
        });
        router.history.back();
        return;
      }
      void navigate({
        to: '.',
        search: step.search,
        state: { openedFrom: step.openedFrom },
        replace: step.replace,
        resetScroll: false,
      });
    },
    [router, navigate],
  );
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** What was selected when the anomaly that is looked at was opened: the step before this. */
    openedFrom?: string | undefined;
  }
}
