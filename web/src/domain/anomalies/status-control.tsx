import { Button, Checkbox, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { STATUSES, type AnomalyDetail, type Status, type Verdict } from '@/api/anomalies';
import { useMessages } from '@/i18n/i18n';
import { openGroup } from './companions';
import { StatusSign } from './marks';
import { ResolveMenu } from './resolve-menu';
import classes from './status-control.module.css';
import { useComment, useStatusChange } from './use-triage';

/**
 * The four statuses as buttons, each one tap; a comment goes along with the tap or by itself, and so
 * do the others about the same subject.
 */
export function StatusControl({ anomaly }: { anomaly: AnomalyDetail }) {
  const { status: words, panel, anomalies, triage, reason, companions } = useMessages();
  const [together, setTogether] = useState(true);
  const others = openGroup(anomaly);
  const [text, setText] = useState('');
  const change = useStatusChange(anomaly);
  const comment = useComment(anomaly);
  const trimmed = text.trim();
  const clear = { onSuccess: () => setText('') };
  const pending = change.isPending || comment.isPending;

  const move = (status: Status, verdict?: Verdict) =>
    change.mutate(
      {
        status,
        reason: verdict,
        comment: trimmed || undefined,
        companions: together && others.length > 0,
      },
      clear,
    );

  return (
    <Stack gap="xs">
      <div className={classes.statuses} role="group" aria-label={panel.statusTitle}>
        {STATUSES.map((status) => {
          const button = (
            <Button
              key={status}
              variant="default"
              className={classes.status}
              aria-pressed={anomaly.status === status}
              data-active={anomaly.status === status || undefined}
              leftSection={<StatusSign status={status} />}
              disabled={pending}
              onClick={() => {
                if (status !== 'Resolved' && anomaly.status !== status) move(status);
              }}
            >
              {words[status]}
            </Button>
          );
          return status === 'Resolved' ? (
            <ResolveMenu key={status} onResolve={(verdict) => move(status, verdict)}>
              {button}
            </ResolveMenu>
          ) : (
            button
          );
        })}
      </div>
      {others.length > 0 ? (
        <Checkbox
          size="sm"
          label={companions.together(others.length, companions.of[anomaly.subject.type])}
          checked={together}
          onChange={(event) => setTogether(event.currentTarget.checked)}
        />
      ) : null}
      {anomaly.status === 'Resolved' && anomaly.reason ? (
        <Text size="sm" c="dimmed">
          {triage.reason}: {reason[anomaly.reason]}
        </Text>
      ) : null}
      <Textarea
        aria-label={anomalies.comment}
        placeholder={anomalies.commentHint}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {trimmed ? (
        <Button
          variant="default"
          w="fit-content"
          loading={pending}
          onClick={() => comment.mutate(trimmed, clear)}
        >
          {triage.addComment}
        </Button>
      ) : null}
    </Stack>
  );
}
