import { QueryClient } from '@tanstack/react-query';
import { ApiProblem, SignedOut } from '@/api/problem';

const TRANSIENT: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

function worthRetrying(count: number, error: Error): boolean {
  if (error instanceof SignedOut) return false;
  if (error instanceof ApiProblem) return TRANSIENT.has(error.status) && count < 2;
  return count < 2;
}

function delay(count: number, error: Error): number {
  const retryAfter = error instanceof ApiProblem ? error.retryAfter : null;
  return retryAfter === null ? 500 * 2 ** count : Math.min(retryAfter, 10) * 1000;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: worthRetrying, retryDelay: delay },
    mutations: { retry: false },
  },
});
