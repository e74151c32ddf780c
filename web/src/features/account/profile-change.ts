import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeProfile, PROFILE, type Profile } from '@/api/account';
import type { Schemas } from '@/api/client';
import { hasStatus } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';
import { useNotify } from '@/ui/notify';

type Change = Schemas['ProfileChange'];

/** Changes the profile as it was shown; what another tab changed meanwhile is loaded instead. */
export function useProfileChange(profile: Profile, done: (body: Change) => string) {
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (body: Change) => changeProfile(profile.version, body),
    onSuccess: (changed, body) => {
      queries.setQueryData(PROFILE, changed);
      notify.done(done(body));
    },
    onError: async (error) => {
      notify.failed(hasStatus(error, 412) ? new Error(state.conflict) : error);
      await queries.invalidateQueries({ queryKey: PROFILE });
    },
  });
}
