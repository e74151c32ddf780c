import { Button, Divider, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { hasStatus } from '@/api/problem';
import {
  backtestRule,
  proposalsQuery,
  putRule,
  RULES,
  type Proposal,
  type ProposalList,
  type Rule,
} from '@/api/rules';
import { useWarehouseZone } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { Card } from '@/ui/card';
import { useNotify } from '@/ui/notify';
import { Failure, Loaded } from '@/ui/states';
import { Outcome } from './backtest-card';
import { exampleOf, trialOf } from './proposals';

interface ProposalsCardProps {
  rule: Rule;
  warehouse: string;
  /** Whether the reader may change the rule. */
  editable: boolean;
  /** Whether the form holds changes, which would be lost. */
  unsaved: boolean;
}

/** What people said of its anomalies, and what to exclude because of it. */
export function ProposalsCard({ rule, warehouse, editable, unsaved }: ProposalsCardProps) {
  const words = useRuleWords();
  const query = useQuery(proposalsQuery(rule.code, warehouse, rule.version));
  return (
    <Card title={words.proposals}>
      <Loaded query={query}>
        {(list) => (
          <>
            {list.proposals.length === 0 ? (
              <Text size="sm" c="dimmed">
                {list.full ? words.proposalsFull : words.proposalsNone}
              </Text>
            ) : (
              <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
                {list.proposals.map((proposal, index) => (
                  <li key={`${proposal.kind} ${proposal.text}`}>
                    {index > 0 ? <Divider mb="md" /> : null}
                    <Proposed {...{ rule, warehouse, editable, unsaved, proposal }} />
                  </li>
                ))}
              </Stack>
            )}
            <Unknown list={list} />
          </>
        )}
      </Loaded>
    </Card>
  );
}

/** What the proposals could not take into account. */
function Unknown({ list }: { list: ProposalList }) {
  const words = useRuleWords();
  const byWords =
    list.proposals.length === 0 || list.proposals.some(({ kind }) => kind === 'descriptions');
  const lines = [
    list.unread > 0 && byWords ? words.proposalsUnread(list.unread, list.unread_real) : null,
    list.excluded > 0 ? words.proposalsExcluded(list.excluded) : null,
    list.cut_reports > 0 ? words.proposalsCut(list.cut_reports, list.examined) : null,
  ];
  return lines.map((line) =>
    line === null ? null : (
      <Text key={line} size="sm" c="dimmed">
        {line}
      </Text>
    ),
  );
}

function Proposed({
  rule,
  warehouse,
  editable,
  unsaved,
  proposal,
}: ProposalsCardProps & { proposal: Proposal }) {
  const words = useRuleWords();
  const format = useFormat();
  const zoneOf = useWarehouseZone();
  const applying = useApply(rule, warehouse, proposal);
  const trial = useMutation({
    mutationFn: () =>
      backtestRule(rule.code, { warehouse_id: warehouse, ...trialOf(rule, proposal), reports: 10 }),
  });
  const { verdicts, examples, real_examples: real } = proposal;
  const title = words.proposal[proposal.kind](proposal.text);
  return (
    <Stack gap="xs">
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {title}
      </Text>
      <Text size="sm">
        {words.proposalVerdicts(
          format.number(verdicts.false_positive + verdicts.accepted),
          format.number(verdicts.of),
        )}
      </Text>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {words.proposalExamples(format.list(examples.map(exampleOf)))}
      </Text>
      {verdicts.real > 0 ? (
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {words.proposalReal(verdicts.real, format.list(real.map(exampleOf)))}
        </Text>
      ) : null}
      <Group gap="xs">
        <Button
          size="compact-md"
          variant="light"
          aria-label={`${words.backtestGo}: ${title}`}
          loading={trial.isPending}
          onClick={() => trial.mutate()}
        >
          {words.backtestGo}
        </Button>
        {editable ? (
          <Button
            size="compact-md"
            aria-label={`${words.proposalApply}: ${title}`}
            disabled={unsaved}
            loading={applying.isPending}
            onClick={() => applying.mutate()}
          >
            {words.proposalApply}
          </Button>
        ) : null}
      </Group>
      {editable && unsaved ? (
        <Text size="sm" c="dimmed">
          {words.proposalUnsaved}
        </Text>
      ) : null}
      {trial.error ? <Failure error={trial.error} retry={() => trial.mutate()} /> : null}
      {trial.data ? (
        <div role="status">
          <Outcome outcome={trial.data} timezone={zoneOf(warehouse)} />
        </div>
      ) : null}
    </Stack>
  );
}

function useApply(rule: Rule, warehouse: string, proposal: Proposal) {
  const words = useRuleWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: () => putRule(rule, warehouse, proposal.settings),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: RULES });
      notify.done(words.saved);
    },
    onError: (error) => {
      if (!hasStatus(error, 412)) return notify.failed(error);
      void queries.invalidateQueries({ queryKey: RULES });
      notify.failed(new Error(state.conflict));
    },
  });
}
