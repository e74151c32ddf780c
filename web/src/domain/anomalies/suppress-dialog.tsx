import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Anomaly } from '@/api/anomalies';
import type { Report } from '@/api/reports';
import { LONGEST_DAYS, suppress, SUPPRESSIONS } from '@/api/suppressions';
import { addDays, today } from '@/domain/days';
import { useMessages } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { useRuleTitle } from './use-rule-texts';

const USUAL_DAYS = 30;

interface SuppressDialogProps {
  anomaly: Anomaly;
  report: Report;
  onClose: () => void;
}

/** Never for good: it ends on a day, says why, and is counted in every report. */
export function SuppressDialog({ anomaly, report, onClose }: SuppressDialogProps) {
  const { suppress: words, action } = useMessages();
  const title = useRuleTitle();
  const queries = useQueryClient();
  const notify = useNotify();
  const [pattern, setPattern] = useState(anomaly.subject.id);
  const [until, setUntil] = useState(addDays(today(), USUAL_DAYS));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const latest = addDays(today(), LONGEST_DAYS);
  const untilIsGood = until >= today() && until <= latest;
  const making = useMutation({
    mutationFn: () =>
      suppress({
        rule: anomaly.rule,
        subject_pattern: pattern.trim(),
        until,
        reason: reason.trim(),
        ...(report.warehouse_id ? { warehouse_id: report.warehouse_id } : {}),
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: SUPPRESSIONS });
      notify.done(words.done);
      onClose();
    },
    onError: notify.failed,
  });
  const missing = (text: string) => (tried && !text.trim() ? words.needed : null);
  return (
    <Dialog onClose={onClose} title={words.title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (pattern.trim() && reason.trim() && untilIsGood) making.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{words.lead}</Text>
          <Text size="sm">
            <Text span size="sm" c="dimmed">
              {words.rule}:{' '}
            </Text>
            <strong>{title(anomaly.rule, anomaly.title)}</strong>
          </Text>
          <TextInput
            label={words.pattern}
            description={words.patternHint}
            maxLength={200}
            value={pattern}
            error={missing(pattern)}
            onChange={(event) => setPattern(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={words.until}
            description={words.untilHint}
            min={today()}
            max={latest}
            value={until}
            error={untilIsGood ? null : words.untilWrong}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          <Textarea
            data-autofocus
            label={words.reason}
            description={words.reasonHint}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            error={missing(reason)}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" loading={making.isPending}>
              {words.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
