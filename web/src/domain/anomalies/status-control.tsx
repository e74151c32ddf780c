import { Button, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { STATUSES, type Anomaly, type Status } from '@/api/anomalies';
import { useMessages } from '@/i18n/i18n';
import { StatusSign } from './marks';
import classes from './status-control.module.css';
import { useStatusChange } from './use-status-change';

/** The four statuses as buttons, each one tap; a comment goes along with the tap or by itself. */
export function StatusControl({ anomaly }: { anomaly: Anomaly }) {
  const { status: words, panel, anomalies } = useMessages();
  const [comment, setComment] = useState('');
  const change = useStatusChange(anomaly);
  const said = comment.trim();

  function move(status: Status) {
    change.mutate(
      { status, ...(said ? { comment: said } : {}) },
      { onSuccess: () => setComment('') },
    );
  }

  return (
    <Stack gap="xs">
      <div className={classes.statuses} role="group" aria-label={panel.statusTitle}>
        {STATUSES.map((status) => (
          <Button
            key={status}
            variant="default"
            className={classes.status}
            aria-pressed={anomaly.status === status}
            data-active={anomaly.status === status || undefined}
            leftSection={<StatusSign status={status} />}
            disabled={change.isPending}
            onClick={() => {
              if (anomaly.status !== status) move(status);
            }}
          >
            {words[status]}
          </Button>
        ))}
      </div>
      <Textarea
        aria-label={anomalies.comment}
        placeholder={anomalies.commentHint}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {said ? (
        <Button
          variant="default"
          w="fit-content"
          loading={change.isPending}
          onClick={() => move(anomaly.status)}
        >
          {panel.saveComment}
        </Button>
      ) : null}
    </Stack>
  );
}
