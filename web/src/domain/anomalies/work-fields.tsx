import { SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AnomalyDetail } from '@/api/anomalies';
import type { Report } from '@/api/reports';
import { usePeople } from '@/domain/access/membership-role';
import { useMessages } from '@/i18n/i18n';
import { PeopleSelect } from './people-select';
import { useAssignment } from './use-triage';

const EARLIEST = '2000-01-01';
const LATEST = '2099-12-31';

/** Who does it, and by when. */
export function WorkFields({ anomaly, report }: { anomaly: AnomalyDetail; report: Report }) {
  const { triage: words } = useMessages();
  const people = usePeople(report);
  const assignment = useAssignment(anomaly);
  return (
    <SimpleGrid cols={2} spacing="xs">
      <PeopleSelect
        label={words.assignee}
        error={anomaly.assignee_left ? words.assigneeLeft : undefined}
        none={words.nobody}
        people={people}
        value={anomaly.assignee}
        disabled={assignment.isPending}
        onChange={(assignee) => assignment.mutate({ assignee })}
      />
      <DueField
        // What was typed and refused gives way to what is so.
        key={`${anomaly.due_date ?? ''} ${anomaly.version}`}
        value={anomaly.due_date ?? ''}
        disabled={assignment.isPending}
        onChange={(day) => assignment.mutate({ due_date: day || null })}
      />
    </SimpleGrid>
  );
}

interface DueFieldProps {
  value: string;
  disabled: boolean;
  onChange: (day: string) => void;
}

/** A day is typed part by part, so it counts once the field is left, or Enter is pressed. */
function DueField({ value, disabled, onChange }: DueFieldProps) {
  const { triage: words } = useMessages();
  const [day, setDay] = useState(value);
  const done = () => {
    if (day !== value && (day === '' || (day >= EARLIEST && day <= LATEST))) onChange(day);
  };
  return (
    <TextInput
      type="date"
      label={words.due}
      min={EARLIEST}
      max={LATEST}
      value={day}
      disabled={disabled}
      onChange={(event) => setDay(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done();
      }}
    />
  );
}
