import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSession } from '@/api/session/session';
import { deleteView, saveView, VIEWS, viewsQuery } from '@/api/views';
import { useNotify } from '@/ui/notify';
import { forgetViewsHere, viewsLeftHere, viewsOf, type SavedView } from './saved-views';

const save = ({ name, search }: SavedView) =>
  saveView(name, { list: 'anomalies', query: { ...search } });

/** The reader's views of the anomalies. What an earlier release left in this browser is taken to the
 * account, once; a view there of the same name stays. */
export function useViews() {
  const username = useSession()?.username ?? '';
  const notify = useNotify();
  const queries = useQueryClient();
  const { data: stored } = useQuery(viewsQuery());
  const again = () => queries.invalidateQueries({ queryKey: VIEWS });
  const saving = useMutation({ mutationFn: save, onError: notify.failed, onSettled: again });
  const removing = useMutation({
    mutationFn: deleteView,
    onError: notify.failed,
    onSettled: again,
  });
  const { mutate: take } = useMutation({
    mutationFn: async (left: SavedView[]) => {
      for (const view of left) await save(view);
      forgetViewsHere(localStorage, username);
    },
    onSettled: again,
  });
  useEffect(() => {
    if (!stored) return;
    const left = viewsLeftHere(localStorage, username).filter(
      ({ name }) => !stored.some((known) => known.name === name),
    );
    if (left.length > 0) take(left);
    else forgetViewsHere(localStorage, username);
    // Once for what was first loaded: what fails is tried again when the page is next opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [stored === undefined, username]);
  return {
    saved: viewsOf(stored ?? []),
    save: (view: SavedView) => saving.mutate(view),
    remove: (name: string) => removing.mutate(name),
  };
}
