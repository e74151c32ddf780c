import { Button, CloseButton, Group, Paper, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { STATUSES, type Anomaly, type Status } from '@/api/anomalies';
import { useMessages } from '@/i18n/i18n';
import classes from './bulk-bar.module.css';
import { StatusSign } from './marks';
import { useBulkStatusChange } from './use-status-change';

/** Comes up as soon as something is selected, at the bottom where the thumb is. */
export function BulkBar({ picked, onDone }: { picked: readonly Anomaly[]; onDone: () => void }) {
  const { anomalies: words, status, action } = useMessages();
  const [comment, setComment] = useState('');
  const change = useBulkStatusChange();
  if (picked.length === 0) return null;

  function move(to: Status) {
    change.mutate(
      { anomalies: picked, status: to, comment: comment.trim() },
      {
        onSuccess: () => {
          setComment('');
          onDone();
        },
      },
    );
  }

  return (
    <Paper shadow="lg" className={classes.bar} role="region" aria-label={words.setStatus}>
      <Group gap="xs" wrap="nowrap" className={classes.count}>
        <CloseButton aria-label={action.clear} onClick={onDone} />
        <Text fw={600} size="sm" className="numbers" role="status" style={{ whiteSpace: 'nowrap' }}>
          {words.selected(picked.length)}
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
        {STATUSES.map((to) => (
          <Button
            key={to}
            size="sm"
            px="sm"
            variant="default"
            leftSection={<StatusSign status={to} size={16} />}
            disabled={change.isPending}
            onClick={() => move(to)}
          >
            {status[to]}
          </Button>
        ))}
      </div>
    </Paper>
  );
}
