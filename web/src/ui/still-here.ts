import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';

/**
 * Whether nobody is on the way to another screen. What is put into the address some time after it
 * was typed must not take back a link that was followed in between.
 */
export function useStillHere(): () => boolean {
  const router = useRouter();
  const [here] = useState(() => router.latestLocation.pathname);
  return () => router.latestLocation.pathname === here;
}
