import { Group, Select, Stack, Text } from '@mantine/core';
import { IconHistoryOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { reportLogsQuery, type ReportLog } from '@/api/report-logs';
import { useFormat } from '@/i18n/i18n';
import { useOperationsWords } from '@/i18n/operations';
import classes from '@/ui/entry-list.module.css';
import { TextLink } from '@/ui/link';
import { LoadMore } from '@/ui/load-more';
import { Loaded, Notice } from '@/ui/states';

const OUTCOMES = ['ready', 'needs_mapping', 'failed', 'abandoned', 'removed'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** What ran on the reports of a warehouse, or on all: what came of it, and why it failed. */
export function RunList({ warehouse }: { warehouse?: string }) {
  const words = useOperationsWords();
  const [outcome, setOutcome] = useState<Outcome>();
  const query = useInfiniteQuery(reportLogsQuery({ warehouse_id: warehouse, outcome }));
  const all = query.data?.pages.flatMap((page) => page.logs);
  return (
    <Stack gap="sm">
      <Text c="dimmed">{words.lead}</Text>
      <Select
        label={words.outcomeLabel}
        placeholder={words.anyOutcome}
        clearable
        w={260}
        data={OUTCOMES.map((value) => ({ value, label: words.outcome[value] }))}
        value={outcome ?? null}
        onChange={(value) => setOutcome(OUTCOMES.find((known) => known === value))}
      />
      <Loaded query={{ ...query, data: all }}>
        {(logs) =>
          logs.length > 0 ? (
            <ol className={classes.entries}>
              {logs.map((log) => (
                <Run key={log.id} log={log} named={warehouse === undefined} />
              ))}
            </ol>
          ) : (
            <Notice icon={IconHistoryOff} title={words.emptyTitle}>
              {words.empty}
            </Notice>
          )
        }
      </Loaded>
      <LoadMore query={query} />
    </Stack>
  );
}

function Run({ log, named }: { log: ReportLog; named: boolean }) {
  const words = useOperationsWords();
  const format = useFormat();
  const facts = [
    words.took(format.number(log.seconds, 1)),
    log.rows === null ? null : words.rows(format.number(log.rows)),
    log.anomalies === null ? null : words.anomalies(log.anomalies),
    log.attempt > 1 ? words.attempt(format.number(log.attempt)) : null,
    log.filename,
    named && log.warehouse ? (log.warehouse.name ?? words.deletedWarehouse) : null,
    words.by(log.by.username ?? words.nobody),
  ];
  const isGone = log.kind === 'removal';
  const failed = log.outcome === 'failed' || log.outcome === 'abandoned';
  return (
    <li className={classes.entry}>
      <Group justify="space-between" gap="0 12px" align="baseline">
        <Text size="sm" className={classes.said}>
          <Text span inherit fw={600}>
            {words.kind[log.kind]}
          </Text>{' '}
          {isGone ? (
            log.report_name
          ) : (
            <TextLink
              inherit
              underline="always"
              to="/reports/$reportId"
              params={{ reportId: log.report_id }}
            >
              {log.report_name}
            </TextLink>
          )}
        </Text>
        <Text size="sm" fw={600} c={failed ? 'var(--mantine-color-error)' : undefined}>
          {words.outcome[log.outcome]}
        </Text>
      </Group>
      {log.reason ? (
        <Text size="sm" className={classes.said}>
          {log.reason}
        </Text>
      ) : null}
      <Text size="xs" c="dimmed" className={classes.said}>
        <time dateTime={log.ended_at}>{format.dateTime(log.ended_at)}</time>
        {facts.map((fact) => (fact === null ? null : ` · ${fact}`))}
      </Text>
    </li>
  );
}
