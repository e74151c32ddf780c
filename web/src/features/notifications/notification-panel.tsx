import { Badge, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { notificationsQuery, type Notification } from '@/api/notifications';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useOperationsWords } from '@/i18n/operations';
import { TextLink } from '@/ui/link';
import { LoadMore } from '@/ui/load-more';
import { Loaded } from '@/ui/states';
import classes from './notification-panel.module.css';
import { placeOf, sentenceOf } from './sentence';

/** What the reader is told, newest first. */
export default function NotificationPanel({ onLeave }: { onLeave: () => void }) {
  const { app } = useMessages();
  const words = useOperationsWords();
  const query = useInfiniteQuery(notificationsQuery());
  const all = query.data?.pages.flatMap((page) => page.notifications);
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {app.notifications}
      </Title>
      <Stack
        gap="xs"
        className={classes.scroll}
        tabIndex={0}
        role="group"
        aria-label={app.notifications}
      >
        <Loaded query={{ ...query, data: all }}>
          {(notifications) =>
            notifications.length > 0 ? (
              <ol className={classes.entries}>
                {notifications.map((notification) => (
                  <Entry key={notification.id} notification={notification} onLeave={onLeave} />
                ))}
              </ol>
            ) : (
              <Text size="sm" c="dimmed">
                {words.told.empty}
              </Text>
            )
          }
        </Loaded>
        <LoadMore query={query} size="xs" />
      </Stack>
    </Stack>
  );
}

interface EntryProps {
  notification: Notification;
  onLeave: () => void;
}

function Entry({ notification, onLeave }: EntryProps) {
  const words = useOperationsWords();
  const format = useFormat();
  const place = placeOf(notification);
  const sentence = sentenceOf(notification, words);
  return (
    <li className={classes.entry}>
      <Text size="sm" fw={notification.read ? undefined : 600}>
        {place ? (
          <TextLink inherit {...place} onClick={onLeave}>
            {sentence}
          </TextLink>
        ) : (
          sentence
        )}
      </Text>
      <Text size="xs" c="dimmed">
        <time dateTime={notification.at}>{format.ago(notification.at)}</time>{' '}
        {notification.read ? null : (
          <Badge size="xs" variant="light">
            {words.told.unread}
          </Badge>
        )}
      </Text>
    </li>
  );
}
