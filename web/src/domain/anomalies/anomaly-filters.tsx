import { CloseButton, Pill, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { NO_LOCATION, PRIORITIES, STATUSES, type Priority } from '@/api/anomalies';
import { useMessages } from '@/i18n/i18n';
import { OPEN, type ChangeSelection, type GroupBy, type Selection } from './selection';
import classes from './anomaly-filters.module.css';
import { useRuleTexts } from './use-rule-texts';
import { TriageFilters } from './triage-filters';

interface AnomalyFiltersProps {
  selection: Selection;
  onChange: ChangeSelection;
  /** The rules to choose from; those of the report where it is known. */
  rules?: readonly string[];
  /** Who may be assigned here, where that is known. */
  people?: readonly string[];
  /** What else this list is filtered by. */
  children?: ReactNode;
  withStatus?: boolean;
  withGroups?: boolean;
}

export function AnomalyFilters({
  selection,
  onChange,
  rules,
  people = [],
  children,
  withStatus = true,
  withGroups = true,
}: AnomalyFiltersProps) {
  const { anomalies: words, priority, status, triage } = useMessages();
  const { codes: known, title } = useRuleTexts();
  const codes = [...new Set([...(rules ?? known), ...(selection.rule ? [selection.rule] : [])])];
  const any = (label: string) => ({ value: '', label });
  const groups: [GroupBy, string][] = [
    ['rule', words.rule],
    ['location', words.location],
    ['priority', words.priority],
    ['status', words.status],
  ];

  return (
    <div className={classes.filters} role="search" aria-label={words.filters}>
      <SearchBox value={selection.q} onChange={(q) => onChange({ q })} />
      {children}
      <Select
        aria-label={words.priority}
        allowDeselect={false}
        data={[
          any(words.anyPriority),
          ...PRIORITIES.map((value) => ({ value, label: priority[value] })),
        ]}
        value={selection.priority ?? ''}
        onChange={(value) => onChange({ priority: (value || undefined) as Priority | undefined })}
      />
      {withStatus ? (
        <Select
          aria-label={words.status}
          allowDeselect={false}
          data={[
            any(words.anyStatus),
            { value: OPEN, label: triage.open },
            ...STATUSES.map((value) => ({ value, label: status[value] })),
          ]}
          value={selection.status ?? ''}
          onChange={(value) =>
            onChange({ status: (value || undefined) as Selection['status'], reason: undefined })
          }
        />
      ) : null}
      <Select
        aria-label={words.rule}
        allowDeselect={false}
        data={[any(words.anyRule), ...codes.map((value) => ({ value, label: title(value) }))]}
        value={selection.rule ?? ''}
        onChange={(value) => onChange({ rule: value || undefined })}
      />
      <TriageFilters selection={selection} onChange={onChange} people={people} />
      {withGroups ? (
        <Select
          aria-label={words.group}
          allowDeselect={false}
          data={[
            any(words.groupNone),
            ...groups.map(([value, label]) => ({ value, label: `${words.group}: ${label}` })),
          ]}
          value={selection.group ?? ''}
          onChange={(value) => onChange({ group: (value || undefined) as GroupBy | undefined })}
        />
      ) : null}
      <LocationPill selection={selection} onChange={onChange} />
    </div>
  );
}

function LocationPill({
  selection,
  onChange,
}: Pick<AnomalyFiltersProps, 'selection' | 'onChange'>) {
  const { anomalies: words, map, action } = useMessages();
  const { location } = selection;
  if (!location) return null;
  const name = location === NO_LOCATION ? map.noLocation : location;
  return (
    <Pill
      size="lg"
      withRemoveButton
      removeButtonProps={{ 'aria-label': action.clear, 'aria-hidden': false, tabIndex: 0 }}
      onRemove={() => onChange({ location: undefined })}
    >
      {words.locationFilter(name)}
    </Pill>
  );
}

function SearchBox({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { anomalies: words, action } = useMessages();
  const [text, setText] = useState(value ?? '');
  const tell = useDebouncedCallback((next: string) => onChange(next.trim() || undefined), 250);
  // Cleared from elsewhere, or by going back: the address decides.
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    if ((value ?? '') !== text.trim()) setText(value ?? '');
  }
  return (
    <TextInput
      type="search"
      aria-label={words.searchLabel}
      placeholder={words.searchLabel}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text ? (
          <CloseButton
            size="sm"
            aria-label={action.clear}
            onClick={() => {
              setText('');
              onChange(undefined);
            }}
          />
        ) : null
      }
      className={classes.search}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
