import { Button, Divider, Select, SimpleGrid, Switch, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PRIORITIES } from '@/api/anomalies';
import { hasStatus } from '@/api/problem';
import { putRule, resetRule, RULES, type Rule } from '@/api/rules';
import type { WarehouseSummary } from '@/api/warehouses';
import { MOST_TEXTS } from '@/domain/rules/settings';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { LeaveGuard } from '@/ui/leave-guard';
import { useNotify } from '@/ui/notify';
import { changeOf, draftOf, faultsOf, isChanged, SCOPES, type Draft } from './draft';
import { ParameterField } from './parameter-field';
import { useRuleNames } from './rule-words';
import classes from './rules.module.css';

interface RuleFormProps {
  rule: Rule;
  /** Where they may be changed; without one they are only shown. */
  warehouse: WarehouseSummary | undefined;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

export function RuleForm({ rule, warehouse, draft, onChange }: RuleFormProps) {
  const words = useRuleWords();
  const { priority: priorities } = useMessages();
  const errors = useFaults(rule, draft);
  const readOnly = warehouse === undefined;
  const hints = {
    locations: words.locationsHint,
    products: words.productsHint,
    excluded: words.excludedHint,
  } as const;
  return (
    <>
      <Card title={words.settings}>
        <Switch
          label={words.enabled}
          checked={draft.enabled}
          disabled={readOnly}
          onChange={(event) => onChange({ ...draft, enabled: event.currentTarget.checked })}
        />
        {rule.parameters.map((parameter) => (
          <ParameterField
            key={parameter.name}
            error={errors.get(parameter.name)}
            {...{ rule, parameter, draft, readOnly, onChange }}
          />
        ))}
        <Select
          label={words.priority}
          maw={320}
          disabled={readOnly}
          allowDeselect={false}
          data={[
            { value: '', label: words.ownPriority(priorities[rule.priority]) },
            ...PRIORITIES.map((value) => ({ value, label: priorities[value] })),
          ]}
          value={draft.priority}
          onChange={(value) => onChange({ ...draft, priority: value ?? '' })}
        />
        <Divider />
        <div>
          <Title order={3} size="h6">
            {words.scope}
          </Title>
          <Text size="sm" c="dimmed">
            {words.scopeLead}
          </Text>
        </div>
        <SimpleGrid cols={{ base: 1, md: 3 }}>
          {SCOPES.map((part) => (
            <Textarea
              key={part}
              label={words[part]}
              description={hints[part]}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autosize
              minRows={2}
              maxRows={10}
              spellCheck={false}
              disabled={readOnly}
              error={errors.get(part)}
              value={draft.scope[part]}
              onChange={(event) => {
                const text = event.currentTarget.value;
                onChange({ ...draft, scope: { ...draft.scope, [part]: text } });
              }}
            />
          ))}
        </SimpleGrid>
      </Card>
      {warehouse ? (
        <SaveBar
          rule={rule}
          warehouse={warehouse.id}
          draft={draft}
          valid={errors.size === 0}
          onDiscard={() => onChange(draftOf(rule))}
        />
      ) : null}
    </>
  );
}

/** What is wrong with what is typed, by the name of the field. */
function useFaults(rule: Rule, draft: Draft): ReadonlyMap<string, string> {
  const words = useRuleWords();
  const format = useFormat();
  const messageByField = new Map<string, string>();
  for (const fault of faultsOf(rule, draft)) {
    const bound = (value: number | null | undefined) => format.number(value ?? 0, 2);
    if (fault.fault === 'bounds') {
      const { minimum, maximum } = fault.parameter;
      messageByField.set(fault.field, words.outOfBounds(bound(minimum), bound(maximum)));
    } else if (fault.fault === 'pattern')
      messageByField.set(fault.field, words.notAPattern(fault.text));
    else
      messageByField.set(
        fault.field,
        fault.fault === 'empty' ? words.atLeastOne : words.tooMany(MOST_TEXTS),
      );
  }
  return messageByField;
}

interface SaveBarProps {
  rule: Rule;
  warehouse: string;
  draft: Draft;
  valid: boolean;
  onDiscard: () => void;
}

function SaveBar({ rule, warehouse, draft, valid, onDiscard }: SaveBarProps) {
  const words = useRuleWords();
  const { state } = useMessages();
  const names = useRuleNames();
  const queries = useQueryClient();
  const notify = useNotify();
  const [resetting, setResetting] = useState(false);
  const changed = isChanged(rule, draft);
  const failed = (error: unknown) => {
    if (!hasStatus(error, 412)) return notify.failed(error);
    void queries.invalidateQueries({ queryKey: RULES });
    notify.failed(new Error(state.conflict));
  };
  const done = async (message: string) => {
    await queries.invalidateQueries({ queryKey: RULES });
    notify.done(message);
  };
  const saving = useMutation({
    mutationFn: () => putRule(rule, warehouse, changeOf(rule, draft)),
    onSuccess: () => done(words.saved),
    onError: failed,
  });
  const reset = useMutation({
    mutationFn: () => resetRule(rule, warehouse),
    onSuccess: () => done(words.resetDone),
    onError: failed,
    onSettled: () => setResetting(false),
  });
  return (
    <>
      {changed || rule.version > 0 ? (
        <div className={changed ? classes.bar : undefined}>
          <Text size="sm" c="dimmed" mr="auto" role="status">
            {changed ? words.unsaved : null}
          </Text>
          {changed ? (
            <>
              <Button variant="default" onClick={onDiscard}>
                {words.discard}
              </Button>
              <Button disabled={!valid} loading={saving.isPending} onClick={() => saving.mutate()}>
                {words.save}
              </Button>
            </>
          ) : (
            <Button variant="default" onClick={() => setResetting(true)}>
              {words.reset}
            </Button>
          )}
        </div>
      ) : null}
      <LeaveGuard
        active={changed && !saving.isPending}
        title={words.unsaved}
        text={words.leaveText}
        discard={words.discard}
      />
      <Confirm
        opened={resetting}
        title={words.resetTitle}
        confirm={words.reset}
        pending={reset.isPending}
        onConfirm={() => reset.mutate()}
        onClose={() => setResetting(false)}
      >
        {words.resetText(names.title(rule))}
      </Confirm>
    </>
  );
}
