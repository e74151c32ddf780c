import { Badge, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { hasStatus } from '@/api/problem';
import { putRule, ruleKey, ruleListQuery, RULES, type Rule } from '@/api/rules';
import type { WarehouseSummary } from '@/api/warehouses';
import { PriorityMark } from '@/domain/anomalies/marks';
import { mayConfigure } from '@/domain/warehouses/membership-role';
import { ALL } from '@/domain/warehouses/scope';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { useNotify } from '@/ui/notify';
import { Loaded } from '@/ui/states';
import { changeOf, draftOf } from './draft';
import { useRuleNames } from './rule-words';
import classes from './rules.module.css';

export function RuleList({ warehouse }: { warehouse: WarehouseSummary | undefined }) {
  const words = useRuleWords();
  const query = useQuery(ruleListQuery(warehouse?.id));
  return (
    <Loaded query={query}>
      {({ rules }) => (
        <Card p={0}>
          <div className={`${classes.row} ${classes.head}`} aria-hidden>
            <span>{words.on}</span>
            <span>{words.rule}</span>
            <span>{words.priority}</span>
            <span>{words.limits}</span>
            <span>{words.precision}</span>
          </div>
          <ul className={classes.list} aria-label={words.title}>
            {rules.map((rule) => (
              <RuleLine key={rule.code} rule={rule} warehouse={warehouse} />
            ))}
          </ul>
        </Card>
      )}
    </Loaded>
  );
}

function RuleLine({ rule, warehouse }: { rule: Rule; warehouse: WarehouseSummary | undefined }) {
  const words = useRuleWords();
  const names = useRuleNames();
  const format = useFormat();
  const switching = useSwitch(rule, warehouse?.id);
  const title = names.title(rule);
  const { precision } = rule;
  const share = precision?.precision;
  return (
    <li className={classes.row} data-off={rule.settings.enabled ? undefined : true}>
      <Switch
        aria-label={words.switchRule(title)}
        checked={switching.isPending ? !rule.settings.enabled : rule.settings.enabled}
        disabled={!warehouse || !mayConfigure(warehouse.role) || switching.isPending}
        onChange={() => switching.mutate()}
      />
      <div className={classes.what}>
        <TextLink
          to="/w/$warehouse/rules/$code"
          params={{ warehouse: warehouse?.id ?? ALL, code: rule.code }}
          fw={600}
        >
          {title}
        </TextLink>{' '}
        {rule.version > 0 ? (
          <Badge size="sm" variant="light" radius="sm" tt="none">
            {words.changed}
          </Badge>
        ) : null}
        <Text size="sm" c="dimmed">
          {names.why(rule)}
        </Text>
      </div>
      <span className={classes.priority}>
        <PriorityMark priority={rule.settings.priority ?? rule.priority} />
      </span>
      <Text
        span
        size="sm"
        className={`${classes.limits} numbers`}
        data-none={names.limits(rule) === '' || undefined}
      >
        {names.limits(rule) || '–'}
      </Text>
      <Text
        span
        size="sm"
        className={`${classes.precision} numbers`}
        data-none={share == null || undefined}
      >
        <span className={classes.name}>{words.precision}: </span>
        {precision && share != null
          ? words.rightOf(
              format.percent(share),
              format.number(precision.real + precision.accepted + precision.false_positive),
            )
          : '–'}
      </Text>
    </li>
  );
}

function useSwitch(rule: Rule, warehouse: string | undefined) {
  const words = useRuleWords();
  const { state } = useMessages();
  const names = useRuleNames();
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: () => {
      const change = { ...changeOf(rule, draftOf(rule)), enabled: !rule.settings.enabled };
      return putRule(rule, warehouse ?? '', change);
    },
    onSuccess: async (changed) => {
      queries.setQueryData(ruleKey(rule.code, warehouse), changed);
      await queries.invalidateQueries({ queryKey: [...RULES, 'list'] });
      const title = names.title(rule);
      notify.done(changed.settings.enabled ? words.switchedOn(title) : words.switchedOff(title));
    },
    onError: (error) => {
      if (!hasStatus(error, 412)) return notify.failed(error);
      void queries.invalidateQueries({ queryKey: RULES });
      notify.failed(new Error(state.conflict));
    },
  });
}
