import { Group, Menu, Stack, Text, Title, UnstyledButton, ActionIcon } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import { useSession } from '@/api/session/session';
import { STATUSES, type Anomaly, type AnomalyList, type Status } from '@/api/anomalies';
import { AnomalyPanel } from '@/domain/anomalies/anomaly-panel';
import { matches } from '@/domain/anomalies/arrange';
import { companionCount } from '@/domain/anomalies/companions';
import { DueMark, PriorityMark, StatusSign } from '@/domain/anomalies/marks';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import {
  filterOf,
  type ChangeSelection,
  type Scope,
  type Selection,
} from '@/domain/anomalies/selection';
import { ShortSentence } from '@/domain/anomalies/short-sentence';
import { useAnomalyRows } from '@/domain/anomalies/use-anomaly-rows';
import { useBulkStatusChange } from '@/domain/anomalies/use-triage';
import { useFormat, useMessages } from '@/i18n/i18n';
import { LoadMore } from '@/ui/load-more';
import { Identifier } from '@/ui/identifier';
import { Loaded } from '@/ui/states';
import classes from './anomaly-board.module.css';

interface AnomalyBoardProps {
  selection: Selection;
  onChange: ChangeSelection;
  scope: Scope;
  filters: ReactNode;
}

/** A column per status. A card is moved by dragging it, or by its menu. */
export function AnomalyBoard({ selection, onChange, scope, filters }: AnomalyBoardProps) {
  const [dragged, setDragged] = useState<Anomaly | null>(null);
  const change = useBulkStatusChange();
  const move = (anomaly: Anomaly, status: Status) => {
    if (anomaly.status !== status)
      change.mutate({ anomalies: [anomaly], status, companions: true });
  };
  const me = useSession()?.username ?? '';
  const filter = { ...filterOf(selection, me), ...scope };
  return (
    <Stack gap="sm">
      {filters}
      <div className={classes.board}>
        {STATUSES.map((status) => (
          <Column
            key={status}
            status={status}
            filter={{ ...filter, status: [status], grouped: true }}
            query={selection.q}
            onDrag={setDragged}
            onDrop={() => {
              if (dragged) move(dragged, status);
            }}
            onMove={move}
            onOpen={(anomaly) => onChange({ anomaly: anomaly.id })}
          />
        ))}
      </div>
      {selection.anomaly ? (
        <AnomalyPanel
          id={selection.anomaly}
          over
          onClose={() => onChange({ anomaly: undefined })}
          onOpen={(id) => onChange({ anomaly: id })}
          withReport
        />
      ) : null}
    </Stack>
  );
}

interface ColumnProps {
  status: Status;
  filter: AnomalyList;
  query: string | undefined;
  onDrag: (anomaly: Anomaly | null) => void;
  onDrop: () => void;
  onMove: (anomaly: Anomaly, status: Status) => void;
  onOpen: (anomaly: Anomaly) => void;
}

function Column({ status, filter, query, onDrag, onDrop, onMove, onOpen }: ColumnProps) {
  const { status: words, anomalies: general } = useMessages();
  const format = useFormat();
  const rows = useAnomalyRows(filter, Boolean(query));
  const [over, setOver] = useState(false);
  const matching = rows.anomalies?.filter((anomaly) => !query || matches(anomaly, query));
  const accept = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className={classes.column}
      aria-label={words[status]}
      data-over={over || undefined}
      onDragOver={accept}
      onDragLeave={() => setOver(false)}
      onDrop={() => {
        setOver(false);
        onDrop();
      }}
    >
      <Group gap={8} px={4}>
        <StatusSign status={status} />
        <Title order={2} size="h6">
          {words[status]}
        </Title>
        <Text size="sm" c="dimmed" className="numbers">
          {matching ? `${format.number(matching.length)}${rows.hasNextPage ? '+' : ''}` : ''}
        </Text>
      </Group>
      <div className={classes.cards}>
        <Loaded query={{ ...rows, data: matching }}>
          {(anomalies) => (
            <Stack gap="xs" p={4}>
              {anomalies.length === 0 ? (
                <Text size="sm" c="dimmed" py="sm" ta="center">
                  {general.columnEmpty}
                </Text>
              ) : null}
              {anomalies.map((anomaly) => (
                <BoardCard key={anomaly.id} {...{ anomaly, onDrag, onMove, onOpen }} />
              ))}
              <LoadMore query={rows} size="xs" />
            </Stack>
          )}
        </Loaded>
      </div>
    </section>
  );
}

interface BoardCardProps extends Pick<ColumnProps, 'onDrag' | 'onMove' | 'onOpen'> {
  anomaly: Anomaly;
}

function BoardCard({ anomaly, onDrag, onMove, onOpen }: BoardCardProps) {
  const { anomalies: words, status, companions: companionWords } = useMessages();
  const title = useRuleTitle();
  const companions = companionCount(anomaly);
  const name = `${title(anomaly.rule, anomaly.title)}, ${anomaly.subject.id}`;
  return (
    <article
      className={classes.card}
      draggable
      onDragStart={() => onDrag(anomaly)}
      onDragEnd={() => onDrag(null)}
    >
      <Group gap={6} wrap="nowrap" justify="space-between" align="flex-start">
        <Group gap={6} wrap="nowrap" miw={0}>
          <PriorityMark priority={anomaly.priority} bare />
          <UnstyledButton className={classes.open} onClick={() => onOpen(anomaly)}>
            <Text size="sm" fw={600} truncate>
              {title(anomaly.rule, anomaly.title)}
            </Text>
          </UnstyledButton>
        </Group>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              className={classes.menu}
              aria-label={words.moveTo(name)}
            >
              <IconArrowsExchange size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {STATUSES.filter((target) => target !== anomaly.status).map((target) => (
              <Menu.Item
                key={target}
                leftSection={<StatusSign status={target} size={16} />}
                onClick={() => onMove(anomaly, target)}
              >
                {status[target]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Text component="div" size="sm" className="code" mt={2}>
        {anomaly.location && anomaly.subject.type !== 'location' ? <b>{anomaly.location}</b> : null}
        {anomaly.subject.type === 'rule' ? null : <Identifier text={anomaly.subject.id} />}
      </Text>
      <Text size="xs" c="dimmed" component="div" style={{ overflowWrap: 'anywhere' }}>
        <ShortSentence anomaly={anomaly} />
      </Text>
      {companions > 0 ? (
        <Text size="xs" mt={4}>
          {companionWords.more(companions, companionWords.of[anomaly.subject.type])}
        </Text>
      ) : null}
      {anomaly.assignee || anomaly.due_date ? (
        <Group gap="xs" mt={4} justify="space-between">
          <Text size="xs" fw={500}>
            {anomaly.assignee}
          </Text>
          <DueMark day={anomaly.due_date} done={anomaly.status === 'Resolved'} brief />
        </Group>
      ) : null}
    </article>
  );
}
