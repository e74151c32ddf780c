import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ruleQuery, type Rule } from '@/api/rules';
import type { WarehouseSummary } from '@/api/warehouses';
import { AuditHistory } from '@/domain/audit/audit-history';
import { mayConfigure } from '@/domain/warehouses/membership-role';
import { ALL, useChosenWarehouse } from '@/domain/warehouses/scope';
import { useAuditWords } from '@/i18n/audit';
import { useRuleWords } from '@/i18n/rule-settings';
import { Card } from '@/ui/card';
import { ButtonLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import { BacktestCard } from './backtest-card';
import { ReadOnlyNote } from './chosen-warehouse';
import { draftOf, isChanged } from './draft';
import { PrecisionCard } from './precision-card';
import { ProposalsCard } from './proposals-card';
import { useRuleNames } from './rule-words';
import { RuleForm } from './rule-form';
import classes from './rules.module.css';
import { SuggestionCard } from './suggestion-card';
import { VersionsCard } from './versions-card';

const route = getRouteApi('/inside/w/$warehouse/rules/$code');

export function RulePage() {
  const { code } = route.useParams();
  const { id, data: warehouse, error, refetch } = useChosenWarehouse();
  const known = id === undefined || warehouse !== undefined;
  const query = useQuery({ ...ruleQuery(code, id), enabled: known });
  return (
    <Loaded query={error ? { data: undefined, error, refetch } : query} page>
      {(rule) => (
        <RuleView key={`${rule.warehouse_id} ${rule.version}`} rule={rule} warehouse={warehouse} />
      )}
    </Loaded>
  );
}

function RuleView({ rule, warehouse }: { rule: Rule; warehouse: WarehouseSummary | undefined }) {
  const words = useRuleWords();
  const names = useRuleNames();
  const [draft, setDraft] = useState(() => draftOf(rule));
  const editable = warehouse !== undefined && mayConfigure(warehouse.role);
  return (
    <Page
      title={names.title(rule)}
      lead={warehouse?.name}
      actions={
        <ButtonLink
          variant="default"
          to="/w/$warehouse/rules"
          params={{ warehouse: warehouse?.id ?? ALL }}
        >
          {words.allRules}
        </ButtonLink>
      }
    >
      <ReadOnlyNote warehouse={warehouse} />
      <div className={classes.columns}>
        <Stack gap="md" miw={0}>
          <Card title={words.why}>
            {names.rationale(rule).map((part) => (
              <Text key={part}>{part}</Text>
            ))}
            <Text size="sm" c="dimmed">
              {words.needs(names.needs(rule))}
            </Text>
          </Card>
          <RuleForm
            rule={rule}
            warehouse={editable ? warehouse : undefined}
            draft={draft}
            onChange={setDraft}
          />
          {warehouse ? <BacktestCard rule={rule} warehouse={warehouse.id} draft={draft} /> : null}
        </Stack>
        {warehouse ? (
          <Stack gap="md" miw={0}>
            {rule.what_if ? (
              <SuggestionCard
                rule={rule}
                warehouse={warehouse.id}
                onTake={
                  editable
                    ? (name, value) =>
                        setDraft((before) => ({
                          ...before,
                          numbers: { ...before.numbers, [name]: value },
                        }))
                    : undefined
                }
              />
            ) : null}
            <PrecisionCard rule={rule} />
            <ProposalsCard
              rule={rule}
              warehouse={warehouse.id}
              editable={editable}
              unsaved={isChanged(rule, draft)}
            />
            <VersionsCard
              rule={rule}
              warehouse={warehouse.id}
              onTake={editable ? (settings) => setDraft(draftOf(rule, settings)) : undefined}
            />
            {editable ? <HistoryCard code={rule.code} warehouse={warehouse.id} /> : null}
          </Stack>
        ) : null}
      </div>
    </Page>
  );
}

/** Who changed which setting from what to what: what the audit log says of it. */
function HistoryCard({ code, warehouse }: { code: string; warehouse: string }) {
  const words = useAuditWords();
  return (
    <Card title={words.history}>
      <AuditHistory filter={{ warehouse_id: warehouse, object: `rule/${code}` }} />
    </Card>
  );
}
