import { Select } from '@mantine/core';
import { VERDICTS } from '@/api/anomalies';
import { useSession } from '@/api/session/session';
import { useMessages } from '@/i18n/i18n';
import { DUES, ME, type ChangeSelection, type Selection } from './selection';

interface TriageFiltersProps {
  selection: Selection;
  onChange: ChangeSelection;
  /** Who may be assigned here, where that is known. */
  people: readonly string[];
}

/** Whose it is, by when, and, for what is resolved, why. */
export function TriageFilters({ selection, onChange, people }: TriageFiltersProps) {
  const { triage: words, reason } = useMessages();
  const me = useSession()?.username;
  const chosen = selection.assignee;
  const names = people.filter((name) => name !== me);
  if (chosen && chosen !== ME && !names.includes(chosen)) names.push(chosen);
  return (
    <>
      <Select
        aria-label={words.assignee}
        allowDeselect={false}
        data={[
          { value: '', label: words.anybody },
          { value: ME, label: words.mine },
          ...names.map((name) => ({ value: name, label: name })),
        ]}
        value={chosen ?? ''}
        onChange={(value) => onChange({ assignee: value || undefined })}
      />
      <Select
        aria-label={words.due}
        allowDeselect={false}
        data={[
          { value: '', label: words.anyDue },
          ...DUES.map((value) => ({ value, label: words[value] })),
        ]}
        value={selection.due ?? ''}
        onChange={(value) => onChange({ due: value || undefined })}
      />
      {selection.status === 'Resolved' || selection.reason ? (
        <Select
          aria-label={words.reason}
          allowDeselect={false}
          data={[
            { value: '', label: words.anyReason },
            ...[...VERDICTS, 'vanished' as const].map((value) => ({
              value,
              label: reason[value],
            })),
          ]}
          value={selection.reason ?? ''}
          onChange={(value) => onChange({ reason: value || undefined })}
        />
      ) : null}
    </>
  );
}
