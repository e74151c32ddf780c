import { Button, Group, SimpleGrid, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { hasStatus } from '@/api/problem';
import { costsKey, costsQuery, putCosts, type Costs } from '@/api/rules';
import type { WarehouseSummary } from '@/api/warehouses';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { mayConfigure } from '@/domain/warehouses/membership-role';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { Card } from '@/ui/card';
import { NumberField } from '@/ui/number-field';
import { LeaveGuard } from '@/ui/leave-guard';
import { useNotify } from '@/ui/notify';
import { Loaded } from '@/ui/states';
import {
  costsDraft,
  costsRequest,
  isBetween,
  isComplete,
  isCurrency,
  MOST,
  PRICES,
  usesShare,
  type CostsDraft,
} from './costs-draft';
import classes from './rules.module.css';

export function CostsForm({ warehouse }: { warehouse: WarehouseSummary }) {
  const query = useQuery(costsQuery(warehouse.id));
  return (
    <Loaded query={query}>
      {(costs) => <Form key={costs.version} warehouse={warehouse} costs={costs} />}
    </Loaded>
  );
}

interface FormProps {
  warehouse: WarehouseSummary;
  costs: Costs;
}

function Form({ warehouse, costs }: FormProps) {
  const all = useRuleWords();
  const words = all.costs;
  const format = useFormat();
  const [draft, setDraft] = useState(() => costsDraft(costs));
  const saving = useSaving(warehouse.id, costs);
  const readOnly = !mayConfigure(warehouse.role);
  const changed = JSON.stringify(draft) !== JSON.stringify(costsDraft(costs));
  const bounds = words.number('0', format.number(MOST.price));
  return (
    <>
      <Card title={words.prices}>
        <Text size="sm" c="dimmed">
          {words.lead}{' '}
          {costs.updated_by && costs.updated_at
            ? words.changedBy(costs.updated_by, format.ago(costs.updated_at))
            : words.never}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
          <TextInput
            label={words.currency}
            description={words.currencyHint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={3}
            disabled={readOnly}
            error={isCurrency(draft.currency) ? null : words.badCurrency}
            value={draft.currency}
            onChange={(event) => {
              const currency = event.currentTarget.value.toUpperCase();
              setDraft((before) => ({ ...before, currency }));
            }}
          />
          {PRICES.map((price) => (
            <NumberField
              key={price}
              label={words[price]}
              min={0}
              max={MOST.price}
              clampBehavior="none"
              allowNegative={false}
              decimalScale={4}
              disabled={readOnly}
              error={isBetween(draft.prices[price], MOST.price) ? null : bounds}
              value={draft.prices[price]}
              onChange={(value) => {
                const prices = { ...draft.prices, [price]: value };
                setDraft((before) => ({ ...before, prices }));
              }}
            />
          ))}
        </SimpleGrid>
      </Card>
      <Card title={words.byRule} mt="md">
        <RuleTable costs={costs} draft={draft} readOnly={readOnly} onChange={setDraft} />
      </Card>
      {readOnly ? null : (
        <Group justify="flex-end" mt="md" gap="xs" className={changed ? classes.bar : undefined}>
          <Text size="sm" c="dimmed" mr="auto" role="status">
            {changed ? all.unsaved : null}
          </Text>
          {changed ? (
            <>
              <Button variant="default" onClick={() => setDraft(costsDraft(costs))}>
                {all.discard}
              </Button>
              <Button
                disabled={!isComplete(draft)}
                loading={saving.isPending}
                onClick={() => saving.mutate(costsRequest(costs, draft))}
              >
                {all.save}
              </Button>
            </>
          ) : costs.version > 0 ? (
            <Button variant="default" loading={saving.isPending} onClick={() => saving.mutate({})}>
              {words.reset}
            </Button>
          ) : null}
        </Group>
      )}
      <LeaveGuard
        active={changed && !saving.isPending}
        title={all.unsaved}
        text={all.leaveText}
        discard={all.discard}
      />
    </>
  );
}

function useSaving(warehouse: string, costs: Costs) {
  const { costs: words } = useRuleWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (body: Parameters<typeof putCosts>[2]) => putCosts(warehouse, costs.version, body),
    onSuccess: (saved) => {
      queries.setQueryData(costsKey(warehouse), saved);
      notify.done(words.saved);
    },
    onError: (error) => {
      if (!hasStatus(error, 412)) return notify.failed(error);
      void queries.invalidateQueries({ queryKey: costsKey(warehouse) });
      notify.failed(new Error(state.conflict));
    },
  });
}

interface RuleTableProps {
  costs: Costs;
  draft: CostsDraft;
  readOnly: boolean;
  onChange: (change: (before: CostsDraft) => CostsDraft) => void;
}

/** Per rule, the formula in words and the two numbers of it that are the rule's own. */
function RuleTable({ costs, draft, readOnly, onChange }: RuleTableProps) {
  const { rule: ruleWord, costs: words } = useRuleWords();
  const title = useRuleTitle();
  const format = useFormat();
  const inWords = (formula: string) =>
    formula.replace(/[a-z_]+/g, (name) => words.term[name] ?? name);
  const set = (code: string, changes: Partial<CostsDraft['rules'][string]>) =>
    onChange((before) => {
      const now = before.rules[code] ?? { minutes: '', percent: '' };
      return { ...before, rules: { ...before.rules, [code]: { ...now, ...changes } } };
    });
  return (
    // It can be pushed aside on a phone, so the keyboard must reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={words.byRule}>
      <Table aria-label={words.byRule} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{ruleWord}</Table.Th>
            <Table.Th w={130}>{words.minutes}</Table.Th>
            <Table.Th w={130}>{words.share}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(costs.rules).map(([code, { formula }]) => {
            const { minutes, percent } = draft.rules[code] ?? { minutes: '', percent: '' };
            return (
              <Table.Tr key={code}>
                <Table.Th scope="row" fw={500} miw={180}>
                  {title(code)}
                  <Text size="xs" c="dimmed">
                    {inWords(formula)}
                  </Text>
                </Table.Th>
                <Table.Td>
                  <NumberField
                    aria-label={words.minutesOf(title(code))}
                    size="sm"
                    suffix=" min"
                    allowNegative={false}
                    disabled={readOnly}
                    error={
                      isBetween(minutes, MOST.minutes)
                        ? null
                        : words.number('0', format.number(MOST.minutes))
                    }
                    value={minutes}
                    onChange={(value) => set(code, { minutes: value })}
                  />
                </Table.Td>
                <Table.Td>
                  {usesShare(formula) ? (
                    <NumberField
                      aria-label={words.shareOf(title(code))}
                      size="sm"
                      suffix=" %"
                      decimalScale={2}
                      allowNegative={false}
                      disabled={readOnly}
                      error={isBetween(percent, MOST.percent) ? null : words.number('0', '100 %')}
                      value={percent}
                      onChange={(value) => set(code, { percent: value })}
                    />
                  ) : (
                    <Text c="dimmed">–</Text>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
