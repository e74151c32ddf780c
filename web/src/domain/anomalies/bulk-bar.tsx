import { Button, CloseButton, Group, Paper, Text, TextInput } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { STATUSES, type Anomaly, type Status, type Verdict } from '@/api/anomalies';
import { mayWork, useReportRoles } from '@/domain/access/membership-role';
import { useMessages } from '@/i18n/i18n';
import { BulkAssign } from './bulk-assign';
import classes from './bulk-bar.module.css';
import { companionsOf } from './companions';
import { StatusSign } from './marks';
import { ResolveMenu } from './resolve-menu';
import { useBulkStatusChange } from './use-triage';

interface BulkBarProps {
  picked: readonly Anomaly[];
  /** What is picked are lines that stand for their companions too. */
  grouped: boolean;
  onDone: () => void;
}

/** Comes up as soon as something is selected, at the bottom where the thumb is. */
export function BulkBar(props: BulkBarProps) {
  return props.picked.length === 0 ? null : <Bar {...props} />;
}

function Bar({ picked, grouped, onDone }: BulkBarProps) {
  const { anomalies: words, status, action, triage } = useMessages();
  const [comment, setComment] = useState('');
  const [assigning, setAssigning] = useState(false);
  const change = useBulkStatusChange();
  const reports = useMemo(() => [...new Set(picked.map((anomaly) => anomaly.report_id))], [picked]);
  const membershipRoles = useReportRoles(reports);
  const workable = picked.filter((anomaly) =>
    mayWork(membershipRoles.get(anomaly.report_id) ?? null),
  );
  const readOnlyCount = picked.length - workable.length;
  const companions = grouped ? companionsOf(picked).size : 0;

  const move = (to: Status, reason?: Verdict) =>
    change.mutate(
      {
        anomalies: workable,
        companions: grouped,
        status: to,
        reason,
        comment: comment.trim() || undefined,
      },
      {
        onSuccess: () => {
          setComment('');
          onDone();
        },
      },
    );
  const idle = change.isPending || workable.length === 0;

  return (
    <Paper shadow="lg" className={classes.bar} role="region" aria-label={words.setStatus}>
      <Group gap="xs" wrap="nowrap" className={classes.count}>
        <CloseButton aria-label={action.clear} onClick={onDone} />
        <Text fw={600} size="sm" className="numbers" role="status" style={{ whiteSpace: 'nowrap' }}>
          {companions > 0
            ? words.selectedWith(picked.length, companions)
            : words.selected(picked.length)}
        </Text>
      </Group>
      <TextInput
        aria-label={words.comment}
        placeholder={words.commentHint}
        className={classes.comment}
        size="sm"
        maxLength={2000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        {STATUSES.map((to) => {
          const button = (
            <Button
              key={to}
              size="sm"
              px="sm"
              variant="default"
              leftSection={<StatusSign status={to} size={16} />}
              disabled={idle}
              onClick={() => {
                if (to !== 'Resolved') move(to);
              }}
            >
              {status[to]}
            </Button>
          );
          return to === 'Resolved' ? (
            <ResolveMenu key={to} onResolve={(reason) => move(to, reason)}>
              {button}
            </ResolveMenu>
          ) : (
            button
          );
        })}
        <Button
          size="sm"
          px="sm"
          variant="default"
          className={classes.assign}
          leftSection={<IconUserPlus size={16} aria-hidden />}
          disabled={idle}
          onClick={() => setAssigning(true)}
        >
          {triage.assign}
        </Button>
      </div>
      {readOnlyCount > 0 && membershipRoles.size > 0 ? (
        <Text size="xs" c="dimmed" w="100%">
          {triage.cannotWork(readOnlyCount)}
        </Text>
      ) : null}
      {assigning ? (
        <BulkAssign
          anomalies={workable}
          grouped={grouped}
          onClose={() => setAssigning(false)}
          onDone={() => {
            setAssigning(false);
            onDone();
          }}
        />
      ) : null}
    </Paper>
  );
}
