import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { hasStatus, ownedIn } from '@/api/problem';
import { deleteUser, receiverQuery, USERS, type User } from '@/api/users';
import { useAdministrationWords } from '@/i18n/administration';
import { useMessages } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { OwnedList } from '@/ui/owned-list';

/** Deletes an account; asks who gets what its owner owns, if there is something. */
export function DeleteDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const words = useAdministrationWords();
  const { action, state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const [receiver, setReceiver] = useState<string | null>(null);
  const deleting = useMutation({
    mutationFn: () => deleteUser(user, receiver),
    onSuccess: async () => {
      notify.done(words.deleted(user.name));
      onClose();
      await queries.invalidateQueries({ queryKey: USERS });
    },
    onError: (error) => {
      if (ownedIn(error)) return;
      if (hasStatus(error, 409)) notify.failed(new Error(words.lastAdmin(user.name)));
      else notify.failed(hasStatus(error, 412) ? new Error(state.conflict) : error);
    },
  });
  const [owned, setOwned] = useState(ownedIn(deleting.error));
  const found = ownedIn(deleting.error);
  if (found && found !== owned) setOwned(found);
  return (
    <Dialog onClose={onClose} title={words.deleteTitle(user.name)}>
      <Stack>
        <Text>{words.deleteText}</Text>
        {owned ? (
          <>
            <OwnedList title={words.ownedTitle(user.name)} owned={owned} />
            <ReceiverSelect user={user} value={receiver} onChange={setReceiver} />
          </>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {action.cancel}
          </Button>
          <Button
            color="red.8"
            loading={deleting.isPending}
            disabled={Boolean(owned) && !receiver}
            onClick={() => deleting.mutate()}
          >
            {owned ? words.handOver : words.delete}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface ReceiverSelectProps {
  user: User;
  value: string | null;
  onChange: (username: string | null) => void;
}

function ReceiverSelect({ user, value, onChange }: ReceiverSelectProps) {
  const words = useAdministrationWords();
  const [text, setText] = useState('');
  const [beginning] = useDebouncedValue(text.trim(), 250);
  const query = useQuery(receiverQuery(beginning));
  const others = (query.data ?? []).filter(({ username }) => username !== user.username);
  return (
    <Select
      label={words.receiver}
      description={words.receiverHint}
      placeholder={words.search}
      searchable
      data={others.map(({ username, name }) => ({ value: username, label: name }))}
      filter={({ options }) => options}
      nothingFoundMessage={query.isPending ? undefined : words.nothingTitle}
      searchValue={text}
      onSearchChange={setText}
      value={value}
      onChange={onChange}
    />
  );
}
