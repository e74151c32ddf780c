import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { hasStatus } from '@/api/problem';
import { session, useSession } from '@/api/session/session';
import { changeUser, USERS, type Role, type User } from '@/api/users';
import { useAdministrationWords } from '@/i18n/administration';
import { useMessages } from '@/i18n/i18n';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';

export type AccountChange = { role: Role } | { disabled: boolean };

interface ChangeDialogProps {
  user: User;
  change: AccountChange;
  onClose: () => void;
}

/** Asks before an account is changed, and says what came of it. */
export function ChangeDialog({ user, change, onClose }: ChangeDialogProps) {
  const words = useAdministrationWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const current = useSession();
  const isSelf = current?.username === user.username;
  const { title, text, confirm, done, danger } = useChangeWords(user, change);
  const saving = useMutation({
    mutationFn: () => changeUser(user, change),
    onSuccess: async () => {
      notify.done(done);
      if (!isSelf) return;
      // What one may do oneself stands in the token.
      await navigate({ to: '/' });
      await session.renew(current.token);
    },
    onError: (error) => {
      if (hasStatus(error, 409)) notify.failed(new Error(words.lastAdmin(user.name)));
      else notify.failed(hasStatus(error, 412) ? new Error(state.conflict) : error);
    },
    onSettled: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: USERS });
    },
  });
  return (
    <Confirm
      opened
      danger={danger}
      title={title}
      confirm={confirm}
      pending={saving.isPending}
      onConfirm={() => saving.mutate()}
      onClose={onClose}
    >
      <div>
        <Text>{text}</Text>
        {isSelf ? <Text mt="xs">{words.yourself}</Text> : null}
      </div>
    </Confirm>
  );
}

function useChangeWords({ name }: User, change: AccountChange) {
  const words = useAdministrationWords();
  if ('role' in change) {
    const role = words.aRole[change.role];
    return {
      title: words.changeTitle(name, role),
      text: words.changeText[change.role],
      confirm: words.change,
      done: words.changed(name, role),
      danger: false,
    };
  }
  return change.disabled
    ? {
        title: words.disableTitle(name),
        text: words.disableText,
        confirm: words.disable,
        done: words.disabled(name),
        danger: true,
      }
    : {
        title: words.enableTitle(name),
        text: words.enableText,
        confirm: words.enable,
        done: words.enabled(name),
        danger: false,
      };
}
