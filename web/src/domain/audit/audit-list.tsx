import { Stack, Text } from '@mantine/core';
import { IconHistoryOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditEntry, auditQuery } from '@/api/audit';
import { useAuditWords } from '@/i18n/audit';
import { useFormat } from '@/i18n/i18n';
import classes from '@/ui/entry-list.module.css';
import { LoadedList } from '@/ui/loaded-list';
import { Notice } from '@/ui/states';
import { actionText, changeLines, objectText } from './entry-text';

interface AuditListProps {
  query: ReturnType<typeof auditQuery>;
  /** Whether an empty list may come of the filters. */
  filtered?: boolean;
}

/** Entries of the audit log, newest first: who did what, what changed, and from where. */
export function AuditList({ query: options, filtered = false }: AuditListProps) {
  const words = useAuditWords();
  const query = useInfiniteQuery(options);
  return (
    <Stack gap="sm">
      <LoadedList
        query={query}
        empty={
          <Notice icon={IconHistoryOff} title={filtered ? words.noneTitle : words.emptyTitle}>
            {filtered ? words.nothing : words.empty}
          </Notice>
        }
      >
        {(entries) => (
          <ol className={classes.entries}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        )}
      </LoadedList>
    </Stack>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const words = useAuditWords();
  const format = useFormat();
  const about = objectText(entry.object);
  const who =
    entry.actor.username ?? (entry.actor.user_id === 'system' ? words.system : words.nobody);
  return (
    <li className={classes.entry}>
      <Text size="sm" className={classes.said}>
        <Text span inherit fw={600}>
          {who}
        </Text>{' '}
        {actionText(entry.action, words.actions)}
        {about ? (
          <Text span inherit c="dimmed">
            {' '}
            {about}
          </Text>
        ) : null}
      </Text>
      {changeLines(entry, words.none).map(({ field, before, after }) => (
        <Text key={field} size="sm" className={classes.said}>
          {words.change(field, before, after)}
        </Text>
      ))}
      <Text size="xs" c="dimmed" className={classes.said}>
        <time dateTime={entry.at}>{format.dateTime(entry.at)}</time>
        {entry.source ? ` · ${words.fromSource(entry.source)}` : null}
        {entry.seq === null ? ` · ${words.unsealed}` : null}
      </Text>
    </li>
  );
}
