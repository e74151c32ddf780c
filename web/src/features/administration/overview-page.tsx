import { Alert, Button, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { chainsQuery } from '@/api/audit';
import {
  deadLettersQuery,
  redriveDeadLetters,
  statisticsQuery,
  type Statistics,
} from '@/api/statistics';
import { useAdministrationWords } from '@/i18n/administration';
import { useAuditWords } from '@/i18n/audit';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { ButtonLink } from '@/ui/link';
import { useNotify } from '@/ui/notify';
import { Loaded } from '@/ui/states';
import { AdministrationFrame } from './administration-frame';
import { FigureCard } from './figure-card';
import { useScopeName } from './scope-name';

/** What is wrong first, then how much there is. */
export function OverviewPage() {
  const words = useAdministrationWords();
  const query = useQuery(statisticsQuery());
  return (
    <AdministrationFrame>
      <Loaded query={query}>
        {(statistics) => (
          <Stack gap="lg">
            <Wrong letters={statistics.dead_letters.waiting} />
            <section aria-label={words.figures}>
              <Title order={2} size="h4" mb="sm">
                {words.figures}
              </Title>
              <Figures statistics={statistics} />
            </section>
          </Stack>
        )}
      </Loaded>
    </AdministrationFrame>
  );
}

function Wrong({ letters }: { letters: number }) {
  const words = useAdministrationWords();
  const audit = useAuditWords();
  const name = useScopeName();
  const { data } = useQuery(chainsQuery());
  const broken = (data?.chains ?? []).filter(({ last_verified: last }) => last && !last.intact);
  return (
    <section aria-label={words.wrong}>
      <Title order={2} size="h4" mb="sm">
        {words.wrong}
      </Title>
      <Stack gap="sm">
        {letters > 0 ? <DeadLetters waiting={letters} /> : null}
        {broken.map(({ scope }) => (
          <Alert
            key={scope}
            color="red"
            variant="light"
            icon={<IconAlertTriangle aria-hidden />}
            title={audit.brokenNow(name(scope))}
          >
            <ButtonLink variant="default" size="xs" to="/admin/verification">
              {words.toVerification}
            </ButtonLink>
          </Alert>
        ))}
        {letters === 0 && data && broken.length === 0 ? (
          <Alert color="green" variant="light" icon={<IconCircleCheck aria-hidden />}>
            {words.allWell}
          </Alert>
        ) : null}
      </Stack>
    </section>
  );
}

/** The oldest that were given up, and another try for all of them. */
function DeadLetters({ waiting }: { waiting: number }) {
  const words = useAdministrationWords();
  const format = useFormat();
  const notify = useNotify();
  const client = useQueryClient();
  const { data } = useQuery(deadLettersQuery());
  const redriving = useMutation({
    mutationFn: redriveDeadLetters,
    onSuccess: ({ sent }) => {
      notify.done(words.redriven(sent));
      void client.invalidateQueries({ queryKey: statisticsQuery().queryKey });
      void client.invalidateQueries({ queryKey: deadLettersQuery().queryKey });
    },
    onError: notify.failed,
  });
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={words.deadLetters(waiting)}
    >
      <Stack gap="xs" align="start">
        <Text size="sm">{words.deadLettersText}</Text>
        <Stack gap={2} component="ul" m={0} pl="md">
          {(data?.dead_letters ?? []).slice(0, 5).map((letter) => (
            <Text key={letter.id} size="sm" component="li">
              {words.letter(kindOf(letter.message), letter.receives, format.ago(letter.sent_at))}
            </Text>
          ))}
        </Stack>
        <Button
          size="xs"
          variant="default"
          loading={redriving.isPending}
          onClick={() => redriving.mutate()}
        >
          {words.redrive}
        </Button>
      </Stack>
    </Alert>
  );
}

/** What a message orders, in the words of the queue: `removal`, `account-mail`. */
function kindOf(message: Record<string, unknown>): string {
  const job = message.job;
  if (typeof job === 'object' && job !== null && 'kind' in job) return String(job.kind);
  return 'Records' in message ? 'upload' : '?';
}

function Figures({ statistics }: { statistics: Statistics }) {
  const words = useAdministrationWords();
  const { priority, reportStatus } = useMessages();
  const { statuses: itemStatus } = useItemWords();
  const format = useFormat();
  const { administrators, items, queue, users, reports, warehouses, anomalies, storage } =
    statistics;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
      <FigureCard
        label={words.queue}
        value={format.number(queue.waiting)}
        when={queue}
        parts={[
          [words.inFlight, format.number(queue.in_flight)],
          [words.delayed, format.number(queue.delayed)],
        ]}
      />
      <FigureCard
        label={words.administrators}
        value={format.number(administrators.enabled)}
        when={administrators}
      />
      <FigureCard
        label={words.users}
        value={users && format.number(users.total)}
        when={users}
        parts={[
          ...partsOf(users?.by_role, words.role, format.number),
          ...partsOf(users?.by_status, words.status, format.number),
        ]}
      />
      <FigureCard
        label={words.warehouseCount}
        value={warehouses && format.number(warehouses.total)}
        when={warehouses}
      />
      <FigureCard
        label={words.reports}
        value={reports && format.number(reports.total)}
        when={reports}
        parts={partsOf(reports?.by_status, reportStatus, format.number)}
      />
      <FigureCard
        label={words.anomalyCount}
        hint={words.anomalyHint}
        value={anomalies && format.number(anomalies.total)}
        when={anomalies}
        parts={partsOf(anomalies?.by_priority, priority, format.number)}
      />
      <FigureCard
        label={words.itemCount}
        value={format.number(items.total)}
        when={items}
        parts={partsOf(items.by_status, itemStatus, format.number)}
      />
      <FigureCard
        label={words.storage}
        value={storage && format.bytes(storage.bytes)}
        when={storage}
        parts={partsOf(storage?.bytes_by_folder, words.folder, format.bytes)}
      />
    </SimpleGrid>
  );
}

/** The parts above zero, in the order of their words. */
function partsOf(
  parts: Record<string, number> | undefined,
  words: Record<string, string>,
  told: (count: number) => string,
): [string, string][] {
  return Object.entries(words).flatMap(([name, word]) =>
    parts?.[name] ? [[word, told(parts[name])] as [string, string]] : [],
  );
}
