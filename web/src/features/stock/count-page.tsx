import { Button, Group, Stack, Text } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { countQuery, postCount, type Count } from '@/api/counts';
import { RequestKeys } from '@/api/idempotency';
import { ITEMS } from '@/api/items';
import { mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { useConflictText } from '@/domain/stock/conflict';
import { useFormat } from '@/i18n/i18n';
import { useStockWords } from '@/i18n/stock';
import { Confirm } from '@/ui/confirm';
import { TextLink } from '@/ui/link';
import { useNotify } from '@/ui/notify';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import { differingOf, missingOf, postingOf, type Counted } from './count-draft';
import { CountSteps } from './count-steps';
import { CountTable } from './count-table';

const route = getRouteApi('/inside/w/$warehouse/counts/$countId');

/** One count: what is counted at each place, then posted. */
export function CountPage() {
  const { warehouse, countId } = route.useParams();
  const query = useQuery(countQuery(countId));
  return (
    <Loaded query={query} page>
      {(count) => <Shown key={count.id} count={count} warehouse={warehouse} />}
    </Loaded>
  );
}

function Shown({ count, warehouse }: { count: Count; warehouse: string }) {
  const { tabs, count: words } = useStockWords();
  const format = useFormat();
  const mayMove = mayMoveStock(useCompanyRole());
  const open = count.status === 'open';
  const parts = [open ? words.status.open : words.status.posted, count.note];
  return (
    <Page
      title={words.title(format.dateTime(count.opened_at))}
      lead={
        <>
          <TextLink to="/w/$warehouse/counts" params={{ warehouse }} underline="always">
            {tabs.counts}
          </TextLink>
          {` · ${parts.filter(Boolean).join(' · ')}`}
        </>
      }
    >
      {open && mayMove ? <Counting count={count} /> : <CountTable lines={count.lines} />}
    </Page>
  );
}

function Counting({ count }: { count: Count }) {
  const { count: words } = useStockWords();
  // Whoever walks along the shelves may close the page, or lose the connection.
  const [counted, setCounted, forget] = useLocalStorage<Counted>({
    key: `stockwarden-count-${count.id}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const [reviewing, setReviewing] = useState(false);
  const set = (line: number, quantity: number | '') =>
    setCounted((before) => {
      const rest = Object.fromEntries(Object.entries(before).filter(([key]) => key !== `${line}`));
      if (quantity === '') return rest;
      return { ...rest, [line]: { quantity, at: new Date().toISOString() } };
    });
  if (phone && !reviewing) {
    return (
      <CountSteps
        lines={count.lines}
        counted={counted}
        onCount={set}
        onReview={() => setReviewing(true)}
      />
    );
  }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {words.kept}
      </Text>
      <CountTable lines={count.lines} counted={counted} onCount={set} />
      <Group justify="space-between">
        {phone ? (
          <Button variant="default" onClick={() => setReviewing(false)}>
            {words.back}
          </Button>
        ) : null}
        <PostButton count={count} counted={counted} onPosted={forget} />
      </Group>
    </Stack>
  );
}

interface PostButtonProps {
  count: Count;
  counted: Counted;
  onPosted: () => void;
}

function PostButton({ count, counted, onPosted }: PostButtonProps) {
  const { count: words } = useStockWords();
  const queries = useQueryClient();
  const notify = useNotify();
  const conflictText = useConflictText();
  const [keys] = useState(() => new RequestKeys());
  const [asking, setAsking] = useState(false);
  const missing = missingOf(count.lines, counted);
  const posting = useMutation({
    mutationFn: () => {
      const body = postingOf(count.lines, counted);
      return keys.send(body, (key) => postCount(count.id, body, key));
    },
    onSuccess: (posted) => {
      queries.setQueryData(countQuery(count.id).queryKey, posted);
      onPosted();
      notify.done(words.postedNow);
    },
    onError: (error) => {
      const text = conflictText(error);
      notify.failed(text ? new Error(text) : error);
    },
    onSettled: () => {
      setAsking(false);
      return queries.invalidateQueries({ queryKey: ITEMS });
    },
  });
  return (
    <>
      <Text size="sm" role="status">
        {missing > 0 ? words.missing(missing) : ''}
      </Text>
      <Button disabled={missing > 0} onClick={() => setAsking(true)}>
        {words.post}
      </Button>
      <Confirm
        opened={asking}
        title={words.postTitle}
        confirm={words.post}
        pending={posting.isPending}
        onConfirm={() => posting.mutate()}
        onClose={() => setAsking(false)}
      >
        {words.postText(
          words.places(count.lines.length),
          words.differing(differingOf(count.lines, counted)),
        )}
      </Confirm>
    </>
  );
}
