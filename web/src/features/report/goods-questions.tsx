import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconHelpCircle, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { hasStatus } from '@/api/problem';
import { reanalyze, reportKey, type Report, type RuleReceipt } from '@/api/reports';
import { putRule, ruleKey, ruleQuery, RULES, type Rule } from '@/api/rules';
import { mayConfigure, useReportRole } from '@/domain/access/membership-role';
import { coverageOf } from '@/domain/reports/receipt';
import { MOST_TEXTS } from '@/domain/rules/settings';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useGoodsInDoubtWords } from '@/i18n/goods-in-doubt';
import { useFormat, useMessages } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';
import { useNotify } from '@/ui/notify';
import { Failure } from '@/ui/states';
import {
  ANSWERS,
  answerTo,
  changeWith,
  isFull,
  questionsIn,
  type Answer,
  type ColdGoodsQuestion,
} from './goods-in-doubt';

/** Must these goods stay cold? Those who may set the rule answer with one click. */
export function GoodsQuestions({ report, receipt }: { report: Report; receipt: RuleReceipt }) {
  const words = useGoodsInDoubtWords();
  const warehouse = report.warehouse_id ?? undefined;
  const may = mayConfigure(useReportRole(report)) && warehouse !== undefined;
  const query = useQuery({ ...ruleQuery(receipt.rule, warehouse), enabled: may });
  const rule = may ? query.data : undefined;
  const answered = rule && receipt.questions.some((question) => answerTo(rule, question));
  return (
    <section aria-label={words.title}>
      <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {receipt.questions.map((question) => (
          <Stack key={question.pattern} gap={4} component="li">
            <Asked question={question} />
            {rule && warehouse ? <Answering {...{ rule, warehouse, question }} /> : null}
          </Stack>
        ))}
      </Stack>
      <Stack gap="xs" mt="sm" align="flex-start">
        {receipt.questions_left > 0 ? (
          <Text size="sm">{words.more(receipt.questions_left)}</Text>
        ) : null}
        {may && query.error ? (
          <Failure error={query.error} retry={() => void query.refetch()} />
        ) : null}
        {may ? null : <WhoAnswers report={report} />}
        {answered ? <Again report={report} /> : null}
      </Stack>
    </section>
  );
}

function Asked({ question }: { question: ColdGoodsQuestion }) {
  const words = useGoodsInDoubtWords();
  const format = useFormat();
  const { about, text, goods, pallets, examples } = question;
  const zones = format.list(question.zones);
  return (
    <>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {about === 'word'
          ? words.word(text, goods, pallets, zones)
          : words.description(text, pallets, zones)}
      </Text>
      {about === 'word' ? (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {words.examples(format.list(examples))}
        </Text>
      ) : null}
    </>
  );
}

interface AnsweringProps {
  rule: Rule;
  warehouse: string;
  question: ColdGoodsQuestion;
}

function Answering({ rule, warehouse, question }: AnsweringProps) {
  const words = useGoodsInDoubtWords();
  const answering = useAnswering(rule, warehouse, question);
  const answer = answerTo(rule, question);
  const full = ANSWERS.filter((candidate) => isFull(rule, candidate));
  const settings = (
    <TextLink
      size="sm"
      to="/w/$warehouse/rules/$code"
      params={{ warehouse, code: rule.code }}
      underline="always"
    >
      {words.settings}
    </TextLink>
  );
  if (answer)
    return (
      <Text size="sm" role="status">
        {words.answered[answer]} {settings}
      </Text>
    );
  return (
    <>
      <Group gap="xs">
        {ANSWERS.map((candidate) => (
          <Button
            key={candidate}
            size="compact-md"
            variant="light"
            aria-label={`${words.answer[candidate]}: ${question.text}`}
            disabled={full.includes(candidate) || answering.isPending}
            loading={answering.isPending && answering.variables === candidate}
            onClick={() => answering.mutate(candidate)}
          >
            {words.answer[candidate]}
          </Button>
        ))}
      </Group>
      {full.map((candidate) => (
        <Text key={candidate} size="sm">
          {words.full(words.answer[candidate], MOST_TEXTS)} {settings}
        </Text>
      ))}
    </>
  );
}

function useAnswering(rule: Rule, warehouse: string, question: ColdGoodsQuestion) {
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (answer: Answer) => putRule(rule, warehouse, changeWith(rule, answer, question)),
    onSuccess: (changed) => {
      queries.setQueryData(ruleKey(rule.code, warehouse), changed);
      void queries.invalidateQueries({ queryKey: RULES });
    },
    onError: (error) => {
      if (!hasStatus(error, 412)) return notify.failed(error);
      void queries.invalidateQueries({ queryKey: RULES });
      notify.failed(new Error(state.conflict));
    },
  });
}

function WhoAnswers({ report }: { report: Report }) {
  const words = useGoodsInDoubtWords();
  const owner = useWarehouses().find(({ id }) => id === report.warehouse_id)?.username;
  return (
    <Text size="sm" c="dimmed">
      {report.warehouse_id ? words.managers(owner ?? report.username) : words.noWarehouse}
    </Text>
  );
}

function Again({ report }: { report: Report }) {
  const words = useGoodsInDoubtWords();
  const { report: general } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const again = useMutation({
    mutationFn: () => reanalyze(report.id, {}),
    onSuccess: (queued) => {
      queries.setQueryData(reportKey(report.id), queued);
      notify.done(general.started);
    },
    onError: notify.failed,
  });
  if (report.status !== 'ready' && report.status !== 'failed') return null;
  return (
    <>
      <Text size="sm">{words.fromNext}</Text>
      <Button
        size="compact-md"
        leftSection={<IconRefresh size={16} aria-hidden />}
        loading={again.isPending}
        onClick={() => again.mutate()}
      >
        {general.reanalyze}
      </Button>
    </>
  );
}

/** On the overview: that there is something to answer, and where. */
export function QuestionsNotice({ report }: { report: Report }) {
  const count = questionsIn(coverageOf(report));
  return count > 0 ? <Notice report={report} count={count} /> : null;
}

function Notice({ report, count }: { report: Report; count: number }) {
  const words = useGoodsInDoubtWords();
  return (
    <Alert color="gray" variant="light" icon={<IconHelpCircle aria-hidden />}>
      <TextLink
        size="sm"
        to="/reports/$reportId"
        params={{ reportId: report.id }}
        search={{ view: 'checks' }}
        underline="always"
      >
        {words.notice(count)}
      </TextLink>
    </Alert>
  );
}
