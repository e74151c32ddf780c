/** Whether the service answers at all; asked without a session, by pages that wait for it. */
export async function isReachable(): Promise<boolean> {
  try {
    return (await fetch('/api/v1/health', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
