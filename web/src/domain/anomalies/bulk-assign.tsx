import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Anomaly, Assignment } from '@/api/anomalies';
import { useReport, usePeople } from '@/domain/access/membership-role';
import { useSession } from '@/api/session/session';
import { useMessages } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';
import { useBulkAssignment } from './use-triage';

const KEEP = 'keep';
const NOBODY = 'nobody';
const SET = 'set';
const TAKE = 'take';

interface BulkAssignProps {
  anomalies: readonly Anomaly[];
  /** They stand for their companions too. */
  grouped: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Assignee and due date of many; what is left as it is stays different among them. */
export function BulkAssign({ anomalies, grouped, onClose, onDone }: BulkAssignProps) {
  const { triage: words } = useMessages();
  const me = useSession()?.username;
  const [assignee, setAssignee] = useState(KEEP);
  const [due, setDue] = useState(KEEP);
  const [day, setDay] = useState('');
  const assign = useBulkAssignment();
  const reports = new Set(anomalies.map((anomaly) => anomaly.report_id));
  // Who works in all of several warehouses is known of nobody but the reader.
  const people = usePeople(useReport(anomalies[0]?.report_id ?? ''));
  const names = reports.size === 1 ? people : me ? [me] : [];
  const change: Assignment = {
    ...(assignee === KEEP ? {} : { assignee: assignee === NOBODY ? null : assignee.slice(1) }),
    ...(due === KEEP ? {} : { due_date: due === TAKE ? null : day }),
  };
  const ready = Object.keys(change).length > 0 && (due !== SET || day !== '');
  return (
    <Dialog onClose={onClose} title={words.more}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready)
            assign.mutate({ anomalies, companions: grouped, ...change }, { onSuccess: onDone });
        }}
      >
        <Stack>
          <Select
            label={words.assignee}
            allowDeselect={false}
            data={[
              { value: KEEP, label: words.keep },
              { value: NOBODY, label: words.nobody },
              // A sign before each name: someone may be called as one of the choices.
              ...names.map((name) => ({
                value: `@${name}`,
                label: name === me ? words.me(name) : name,
              })),
            ]}
            value={assignee}
            onChange={(value) => setAssignee(value ?? KEEP)}
          />
          <Select
            label={words.due}
            allowDeselect={false}
            data={[
              { value: KEEP, label: words.keep },
              { value: TAKE, label: words.noDue },
              { value: SET, label: words.dueOn('…') },
            ]}
            value={due}
            onChange={(value) => setDue(value ?? KEEP)}
          />
          {due === SET ? (
            <TextInput
              type="date"
              aria-label={words.due}
              min="2000-01-01"
              max="2099-12-31"
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          ) : null}
          <Button type="submit" ml="auto" loading={assign.isPending} disabled={!ready}>
            {words.apply}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
