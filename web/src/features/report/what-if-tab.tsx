import { Button, Group, Select, Slider, Stack, Table, Text } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { ruleListQuery } from '@/api/rules';
import { whatIfQuery, type WhatIf } from '@/api/comparing';
import { coverageOf } from '@/domain/reports/receipt';
import type { Report } from '@/api/reports';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { Loaded, Notice } from '@/ui/states';
import { StepChart } from './step-chart';
import { placeOf, turns, worthShowing } from './what-if';

const route = getRouteApi('/inside/reports/$reportId');

/** How many anomalies the report would have under another limit; every answer is there at once. */
export function WhatIfTab({ report }: { report: Report }) {
  const { whatIf: words } = useMessages();
  const query = useQuery(ruleListQuery());
  return (
    <Card>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {words.lead}
        </Text>
        <Loaded query={query}>
          {({ rules }) => (
            // Those that one number decides.
            <Limits report={report} limited={rules.filter(({ what_if }) => what_if !== null)} />
          )}
        </Loaded>
      </Stack>
    </Card>
  );
}

interface LimitsProps {
  report: Report;
  limited: readonly { code: string }[];
}

function Limits({ report, limited }: LimitsProps) {
  const { whatIf: words } = useMessages();
  const title = useRuleTitle();
  const { rule: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const known = new Set(coverageOf(report).map(({ rule }) => rule));
  const rules = limited.map(({ code }) => code).filter((code) => known.has(code));
  const rule = chosen && rules.includes(chosen) ? chosen : rules[0];
  const query = useQuery({
    ...whatIfQuery(report.id, rule ?? '', report.updated_at),
    enabled: rule !== undefined,
  });
  return (
    <>
      <Select
        label={words.rule}
        maw={360}
        allowDeselect={false}
        data={rules.map((value) => ({ value, label: title(value) }))}
        value={rule ?? null}
        onChange={(value) => {
          if (value)
            void navigate({
              search: { view: 'what-if', rule: value },
              replace: true,
              resetScroll: false,
            });
        }}
      />
      <Loaded query={query}>
        {(curve) =>
          curve.status === 'evaluated' && curve.points.length > 1 ? (
            <Curve key={curve.rule} curve={curve} warehouse={report.warehouse_id} />
          ) : (
            <Notice icon={IconAdjustments} title={words.notEvaluated} />
          )
        }
      </Loaded>
    </>
  );
}

interface CurveProps {
  curve: WhatIf;
  warehouse: string | null | undefined;
}

function Curve({ curve, warehouse }: CurveProps) {
  const { whatIf: words } = useMessages();
  const format = useFormat();
  const { limit } = curve.current;
  const points = useMemo(() => worthShowing(curve.points, limit), [curve.points, limit]);
  const now = placeOf(points, limit);
  const [chosen, setChosen] = useState(now);
  const here = points[chosen] ?? curve.current;
  const limitOf = (index: number) => inUnit(points[index]?.limit ?? 0);
  const inUnit = (limit: number) =>
    curve.unit === 'share'
      ? format.exactPercent(limit)
      : (words.unit[curve.unit]?.(format.number(limit, 2)) ??
        `${format.number(limit, 2)} ${curve.unit}`.trim());
  const more = here.anomalies - curve.current.anomalies;
  return (
    <Stack gap="sm">
      <div role="status">
        <Text fw={600} size="lg" className="numbers">
          {words.at(inUnit(here.limit), here.anomalies)}
        </Text>
        <Text size="sm" c="dimmed" className="numbers">
          {words.now(inUnit(curve.current.limit), curve.current.anomalies)} ·{' '}
          {more === 0 ? words.same : more > 0 ? words.more(more) : words.fewer(-more)} ·{' '}
          {words.population(curve.population)}
        </Text>
      </div>
      <Slider
        thumbLabel={words.limit}
        label={limitOf}
        min={0}
        max={points.length - 1}
        value={chosen}
        onChange={setChosen}
        mb="xs"
      />
      <StepChart {...{ points, now, chosen, limitOf }} label={words.chart} />
      <Group>
        <Button
          variant="default"
          size="xs"
          disabled={chosen === now}
          onClick={() => setChosen(now)}
        >
          {words.back}
        </Button>
        {warehouse ? (
          <TextLink
            size="sm"
            to="/w/$warehouse/rules/$code"
            params={{ warehouse, code: curve.rule }}
          >
            {words.change}
          </TextLink>
        ) : null}
      </Group>
      <details>
        <summary>
          <Text span size="sm">
            {words.table}
          </Text>
        </summary>
        <Table.ScrollContainer minWidth={240} mah={320} type="native" tabIndex={0}>
          <Table aria-label={words.chart}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.limit}</Table.Th>
                <Table.Th ta="right">{words.anomalies}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {turns(curve.points).map((point) => (
                <Table.Tr key={point.limit}>
                  <Table.Td className="numbers">{inUnit(point.limit)}</Table.Td>
                  <Table.Td ta="right" className="numbers">
                    {format.number(point.anomalies)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </details>
    </Stack>
  );
}
