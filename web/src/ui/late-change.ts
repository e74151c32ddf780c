import { useDebouncedCallback } from '@mantine/hooks';
import { useRouter } from '@tanstack/react-router';

/**
 * Puts what is typed into the address once nothing was typed for some milliseconds, unless a link
 * to another screen was followed in between, which it would take back.
 */
export function useLateChange<Value>(
  change: (value: Value) => void,
  milliseconds: number,
): (value: Value) => void {
  const router = useRouter();
  const late = useDebouncedCallback((value: Value, typedAt: string) => {
    if (router.latestLocation.pathname === typedAt) change(value);
  }, milliseconds);
  return (value) => late(value, router.latestLocation.pathname);
}
