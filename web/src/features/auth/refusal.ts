import { ApiProblem, Unreachable } from '@/api/problem';
import { useAuthWords } from '@/i18n/auth';
import { useMessages } from '@/i18n/i18n';

/** Why the door stays shut, in words for the person before it. */
export function useRefusal(): (error: unknown) => string {
  const auth = useAuthWords();
  const { state } = useMessages();
  return (error) => {
    if (error instanceof Unreachable) return state.notSent;
    if (!(error instanceof ApiProblem)) return state.failed;
    if (error.status === 429) return auth.tooMany(error.retryAfter ?? 60);
    return error.message;
  };
}
