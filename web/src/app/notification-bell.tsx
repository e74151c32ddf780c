import { ActionIcon, Indicator, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { markReadUntil, NOTIFICATIONS, notificationsQuery } from '@/api/notifications';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Loading } from '@/ui/states';

const NotificationPanel = lazy(() => import('@/features/notifications/notification-panel'));
/** The service counts no further. */
const MOST = 100;

/** How much the reader is told that they have not read; pressed, what it is. */
export function NotificationBell() {
  const { app } = useMessages();
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const queries = useQueryClient();
  const query = useInfiniteQuery(notificationsQuery());
  const first = query.data?.pages[0];
  const unread = first?.unread ?? 0;
  const count = unread < MOST ? format.number(unread) : `${format.number(MOST - 1)}+`;
  const reading = useMutation({
    mutationFn: markReadUntil,
    onSuccess: () => queries.invalidateQueries({ queryKey: NOTIFICATIONS }),
  });
  // What is new is marked as long as the list is open, and is read when it closes.
  const change = (open: boolean) => {
    setOpened(open);
    const newest = first?.notifications[0];
    if (!open && newest && unread > 0) reading.mutate(newest.at);
  };
  return (
    <Popover
      opened={opened}
      onChange={change}
      position="bottom-end"
      width="min(24rem, calc(100vw - 2rem))"
      withinPortal
      trapFocus
      returnFocus
    >
      <Indicator label={count} size={16} disabled={unread === 0} color="red.8" offset={5}>
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={unread > 0 ? app.notificationsNew(count) : app.notifications}
            onClick={() => change(!opened)}
          >
            <IconBell size={20} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={app.notifications}>
        <Suspense fallback={<Loading />}>
          <NotificationPanel onLeave={() => change(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
