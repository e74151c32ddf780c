import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { backtestRule, type Backtest, type Rule } from '@/api/rules';
import { useWarehouseZone } from '@/domain/warehouses/warehouse-list';
import { useFormat } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { Card } from '@/ui/card';
import { NumberField } from '@/ui/number-field';
import { TextLink } from '@/ui/link';
import { Failure } from '@/ui/states';
import { headlineOf } from './backtest';
import { faultsOf, parametersOf, scopeOf, type Draft } from './draft';
import { useRuleNames } from './rule-words';
import classes from './rules.module.css';

const MOST = 50;

interface BacktestCardProps {
  rule: Rule;
  warehouse: string;
  draft: Draft;
}

/** What the settings in the form would find in inventories that are there already. */
export function BacktestCard({ rule, warehouse, draft }: BacktestCardProps) {
  const words = useRuleWords();
  const zoneOf = useWarehouseZone();
  const [reports, setReports] = useState<number | ''>(10);
  const valid = faultsOf(rule, draft).length === 0;
  const settingsKey = JSON.stringify([parametersOf(rule, draft), scopeOf(draft)]);
  const trial = useMutation({
    mutationFn: () => {
      const params = withDefaults(rule, draft);
      const body = { warehouse_id: warehouse, params, scope: scopeOf(draft) };
      return backtestRule(rule.code, { ...body, reports: reports || 10 });
    },
    onMutate: () => ({ asked: settingsKey }),
  });
  const stale = trial.context !== undefined && trial.context.asked !== settingsKey;
  return (
    <Card title={words.backtest}>
      <Text size="sm" c="dimmed">
        {words.backtestLead}
      </Text>
      <Group align="flex-end">
        <NumberField
          label={words.backtestCount}
          w={180}
          min={1}
          max={MOST}
          allowDecimal={false}
          clampBehavior="strict"
          value={reports}
          onChange={setReports}
        />
        <Button
          variant="light"
          disabled={!valid}
          loading={trial.isPending}
          onClick={() => trial.mutate()}
        >
          {words.backtestGo}
        </Button>
      </Group>
      {trial.error ? <Failure error={trial.error} retry={() => trial.mutate()} /> : null}
      {trial.data && stale && !trial.isPending ? (
        <Alert variant="light" color="gray">
          {words.backtestAgain}
        </Alert>
      ) : null}
      {trial.data && !stale ? (
        <div role="status">
          <Outcome outcome={trial.data} timezone={zoneOf(warehouse)} />
        </div>
      ) : null}
    </Card>
  );
}

/** All of them: what the form shows as the default must not be tried as what is in force. */
function withDefaults(rule: Rule, draft: Draft) {
  const parameters = parametersOf(rule, draft);
  return Object.fromEntries(
    rule.parameters.map(({ name, default: byDefault }) => [name, parameters[name] ?? byDefault]),
  );
}

interface OutcomeProps {
  outcome: Backtest;
  timezone: string;
}

/** What a trial found; also shown with a proposal. */
export function Outcome({ outcome, timezone }: OutcomeProps) {
  const words = useRuleWords();
  const format = useFormat();
  const { total, reports } = outcome;
  const newest = headlineOf(outcome);
  if (!newest) return <Text>{words.backtestNone}</Text>;
  const figures = [
    ['appear', newest.appear, 'var(--priority-high)'],
    ['stay', newest.stay, 'var(--mantine-primary-color-filled)'],
    ['vanish', newest.vanish, 'var(--status-resolved)'],
  ] as const;
  return (
    <Stack gap="sm">
      <Text fw={600} fz="lg" className="numbers">
        {words.backtestSum(format.number(newest.before), format.number(newest.after))}
      </Text>
      <Text size="sm" c="dimmed">
        {words.backtestOf(format.dateTime(newest.as_of, timezone))}
      </Text>
      <div className={classes.differences} aria-hidden>
        {figures.map(([key, count, color]) => (
          <span key={key} style={{ flex: `${count} 0 0`, background: color }} />
        ))}
      </div>
      <Group gap="md">
        {figures.map(([key, count, color]) => (
          <Group key={key} gap={6}>
            <span
              aria-hidden
              style={{ width: 12, height: 12, borderRadius: 3, background: color }}
            />
            <Text size="sm">
              <b className="numbers">{format.number(count)}</b> {words[key]}
            </Text>
          </Group>
        ))}
      </Group>
      {total.appear + total.vanish === 0 ? <Text size="sm">{words.backtestSame}</Text> : null}
      <Differences reports={reports} timezone={timezone} />
      {outcome.left_out.length > 0 ? (
        <Text size="sm" c="dimmed">
          {words.leftOut(outcome.left_out.length)}
        </Text>
      ) : null}
    </Stack>
  );
}

function Differences({ reports, timezone }: Pick<Backtest, 'reports'> & { timezone: string }) {
  const words = useRuleWords();
  const names = useRuleNames();
  const format = useFormat();
  return (
    // It can be pushed aside on a phone, so the keyboard must reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={words.backtest}>
      <Table aria-label={words.backtest}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.inventory}</Table.Th>
            {[words.before, words.after, words.appearTitle, words.vanishTitle].map((name) => (
              <Table.Th key={name} ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reports.map((report) => (
            <Table.Tr key={report.report_id}>
              <Table.Td>
                <TextLink size="sm" to="/reports/$reportId" params={{ reportId: report.report_id }}>
                  {format.dateTime(report.as_of, timezone)}
                </TextLink>
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {report.status === 'not_evaluated'
                    ? words.notEvaluated(format.list(report.needs.map(names.need)))
                    : report.report_name}
                </Text>
                {report.appeared.length > 0 ? (
                  <Text size="xs">{words.firstAppear(named(report.appeared, report.appear))}</Text>
                ) : null}
                {report.vanished.length > 0 ? (
                  <Text size="xs">{words.firstVanish(named(report.vanished, report.vanish))}</Text>
                ) : null}
              </Table.Td>
              {[report.before, report.after, report.appear, report.vanish].map((count, index) => (
                <Table.Td
                  key={index}
                  ta="right"
                  className="numbers"
                  style={{ verticalAlign: 'top' }}
                >
                  {format.number(count)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const named = (first: readonly string[], count: number) =>
  `${first.join(', ')}${count > first.length ? ' …' : ''}`;
