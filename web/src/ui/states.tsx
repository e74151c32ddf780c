import { Button, Center, Loader, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import {
  IconCloudOff,
  IconFilterOff,
  IconLock,
  IconMoodEmpty,
  IconRefreshAlert,
  IconZoomQuestion,
  type Icon,
} from '@tabler/icons-react';
import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { isReachable } from '@/api/health';
import { ApiProblem, hasStatus, Unreachable } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';

interface NoticeProps {
  icon?: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** A problem is announced at once, an empty list is not. */
  alert?: boolean;
  /** Where there is nothing else on the page, its title is that of the page. */
  page?: boolean;
}

export function Notice({
  icon: Sign = IconMoodEmpty,
  title,
  children,
  action,
  alert = false,
  page = false,
}: NoticeProps) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="xs" maw={460} role={alert ? 'alert' : undefined}>
        <ThemeIcon variant="light" size={56} radius="xl" aria-hidden>
          <Sign size={28} stroke={1.6} />
        </ThemeIcon>
        <Title order={page ? 1 : 2} size="h4" ta="center">
          {title}
        </Title>
        {children ? (
          <Text c="dimmed" ta="center" component="div">
            {children}
          </Text>
        ) : null}
        {action}
      </Stack>
    </Center>
  );
}

interface NothingMatchesProps {
  title: string;
  children?: ReactNode;
  onClear: () => void;
}

/** In place of a list that its filters leave nothing of. */
export function NothingMatches({ title, children, onClear }: NothingMatchesProps) {
  const { action } = useMessages();
  return (
    <Notice
      icon={IconFilterOff}
      title={title}
      action={
        <Button variant="default" onClick={onClear} mt="xs">
          {action.clearFilters}
        </Button>
      }
    >
      {children}
    </Notice>
  );
}

export function Loading() {
  const { state } = useMessages();
  return (
    <Center py={64} role="status" aria-label={state.loading}>
      <Loader aria-hidden />
    </Center>
  );
}

interface FailureProps {
  error: unknown;
  retry?: () => void;
  page?: boolean;
}

const ASK_EVERY_MS = 5_000;

/** Tries again as soon as the service answers: a screen on the wall has nobody to press a button. */
function useRetryWhenReachable(retry: (() => void) | undefined, waiting: boolean): void {
  const latest = useRef(retry);
  useEffect(() => {
    latest.current = retry;
  }, [retry]);
  useEffect(() => {
    if (!waiting) return undefined;
    let unmounted = false;
    const ask = () =>
      void isReachable().then((reachable) => !unmounted && reachable && latest.current?.());
    const timer = setInterval(ask, ASK_EVERY_MS);
    window.addEventListener('online', ask);
    return () => {
      unmounted = true;
      clearInterval(timer);
      window.removeEventListener('online', ask);
    };
  }, [waiting]);
}

export function Failure({ error, retry, page = false }: FailureProps) {
  const { state, action } = useMessages();
  useRetryWhenReachable(retry, retry !== undefined && error instanceof Unreachable);
  const again = retry ? (
    <Button variant="default" onClick={retry} mt="xs">
      {action.retry}
    </Button>
  ) : null;
  if (error instanceof Unreachable) {
    return (
      <Notice icon={IconCloudOff} title={state.unreachableTitle} action={again} alert page={page}>
        {state.unreachable}
      </Notice>
    );
  }
  if (hasStatus(error, 403)) {
    return (
      <Notice icon={IconLock} title={state.forbiddenTitle} alert page={page}>
        {state.forbidden}
      </Notice>
    );
  }
  if (hasStatus(error, 404)) {
    return (
      <Notice icon={IconZoomQuestion} title={state.missingTitle} alert page={page}>
        {state.missing}
      </Notice>
    );
  }
  return (
    <Notice icon={IconRefreshAlert} title={state.failedTitle} action={again} alert page={page}>
      {describe(error, state)}
      {error instanceof ApiProblem && error.requestId && error.status >= 500 ? (
        <Text size="sm" mt={4}>
          {state.requestId(error.requestId)}
        </Text>
      ) : null}
    </Notice>
  );
}

function describe(error: unknown, state: ReturnType<typeof useMessages>['state']): string {
  if (hasStatus(error, 429)) return state.busy;
  return error instanceof Error ? error.message : state.failed;
}

interface LoadedQuery<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/**
 * What is asked for, once it and the words to show it with are there; until then that it is loading,
 * or why it is not there.
 */
export function Loaded<T>({
  query,
  children,
  page = false,
}: {
  query: LoadedQuery<T>;
  children: (data: T) => ReactNode;
  /** Whether the page is nothing without it. */
  page?: boolean;
}) {
  if (query.data !== undefined)
    return <Suspense fallback={<Loading />}>{children(query.data)}</Suspense>;
  if (query.error)
    return <Failure error={query.error} retry={() => void query.refetch()} page={page} />;
  return <Loading />;
}
