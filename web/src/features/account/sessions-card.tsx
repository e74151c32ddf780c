import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  endOtherSessions,
  endSession,
  SESSIONS,
  sessionsQuery,
  type ListedSession,
} from '@/api/account';
import { useAccountWords } from '@/i18n/account';
import { useFormat } from '@/i18n/i18n';
import { LoadMore } from '@/ui/load-more';
import { Card } from '@/ui/card';
import { useNotify } from '@/ui/notify';
import { Loaded } from '@/ui/states';
import { deviceOf } from './devices';

export function SessionsCard() {
  const { sessions: words } = useAccountWords();
  const queries = useQueryClient();
  const notify = useNotify();
  const query = useInfiniteQuery(sessionsQuery());
  const all = query.data?.pages.flatMap((page) => page.sessions);
  const ending = useMutation({
    mutationFn: endOtherSessions,
    onSuccess: () => notify.done(words.othersEnded),
    onError: notify.failed,
    onSettled: () => queries.invalidateQueries({ queryKey: SESSIONS }),
  });
  const others = all?.some((session) => !session.current) || query.hasNextPage;
  return (
    <Card
      title={words.title}
      aside={
        others ? (
          <Button
            size="xs"
            variant="default"
            loading={ending.isPending}
            onClick={() => ending.mutate()}
          >
            {words.endOthers}
          </Button>
        ) : null
      }
    >
      <Text size="sm" c="dimmed">
        {words.lead}
      </Text>
      <Loaded query={{ ...query, data: all }}>
        {(sessions) => (
          <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </Stack>
        )}
      </Loaded>
      <LoadMore query={query} />
    </Card>
  );
}

function SessionRow({ session }: { session: ListedSession }) {
  const { sessions: words } = useAccountWords();
  const format = useFormat();
  const queries = useQueryClient();
  const notify = useNotify();
  const device = deviceOf(session.user_agent);
  const name = !device
    ? words.unknownDevice
    : device.system
      ? words.on(device.client, device.system)
      : device.client;
  const ending = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: () => notify.done(words.ended),
    onError: notify.failed,
    onSettled: () => queries.invalidateQueries({ queryKey: SESSIONS }),
  });
  const facts = [
    session.address,
    words.began(format.ago(session.created_at)),
    session.refreshed_at ? words.used(format.ago(session.refreshed_at)) : null,
  ];
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          {session.current ? <Badge variant="light">{words.current}</Badge> : null}
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {facts.filter(Boolean).join(' · ')}
        </Text>
      </div>
      {session.current ? null : (
        <Button
          size="xs"
          variant="default"
          style={{ flexShrink: 0 }}
          aria-label={words.endOf(name)}
          loading={ending.isPending}
          onClick={() => ending.mutate()}
        >
          {words.end}
        </Button>
      )}
    </Group>
  );
}
