import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CATALOG } from '@/api/catalog';
import { fieldProblems, hasStatus, usedIn } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';
import { useNotify } from '@/ui/notify';

interface Saving<Draft, Saved> {
  save: (draft: Draft) => Promise<Saved>;
  /** The fields at which what is wrong can be said. */
  fields: readonly string[];
  /** What is said at a field that another one has already: `{name: words}`. */
  taken: Record<string, string>;
  /** What is said at a field that may not change, as others depend on it. */
  inUse?: Record<string, string>;
  setErrors: (problems: Record<string, string>) => void;
  /** What is said of it once it is saved. */
  done: (saved: Saved) => string;
  onClose: () => void;
}

/**
 * Saves what a form of the catalog holds. What is wrong is said at its fields; where somebody else
 * has changed it meanwhile, it is loaded anew, and the form closes: what was typed belongs to what
 * is no longer there.
 */
export function useSave<Draft, Saved>(saving: Saving<Draft, Saved>) {
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: saving.save,
    onSuccess: async (saved) => {
      notify.done(saving.done(saved));
      saving.onClose();
      await queries.invalidateQueries({ queryKey: CATALOG });
    },
    onError: (error) => {
      const problems = fieldProblems(error, saving.fields);
      if (hasStatus(error, 409) && error.kind === 'taken') {
        saving.setErrors({ ...problems, ...saving.taken });
      } else if (saving.inUse && usedIn(error)) saving.setErrors(saving.inUse);
      else if (problems) saving.setErrors(problems);
      else if (hasStatus(error, 412)) {
        void queries.invalidateQueries({ queryKey: CATALOG });
        notify.failed(new Error(state.conflict));
        saving.onClose();
      } else notify.failed(error);
    },
  });
}
