import { Box, Group, List, SimpleGrid, Stack, Table, Text, type BoxProps } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleOff } from '@tabler/icons-react';
import { Fragment } from 'react';
import { isField } from '@/api/fields';
import type { Report, RowReceipt, RuleReceipt } from '@/api/reports';
import { useRuleTexts } from '@/domain/anomalies/use-rule-texts';
import { coverageOf, reasonsIn, rowsOf } from '@/domain/reports/receipt';
import { SourceSystem } from '@/domain/reports/source-system';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { useCoverageWords } from './coverage-words';
import { GoodsQuestions } from './goods-questions';
import { CatalogNote } from './catalog-note';
import { SuppressedCard } from './suppressed-card';

/** The receipt: what was read and judged, what was not, and why. */
export function ChecksTab({ report }: { report: Report }) {
  const { report: words, mapping } = useMessages();
  const coverage = coverageOf(report);
  const run = coverage.filter((rule) => rule.status === 'evaluated').length;
  const missed = coverage.filter((rule) => rule.status === 'not_evaluated').length;
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
        <Card title={words.readTitle}>
          <HowRead report={report} rows={rowsOf(report)} />
        </Card>
        <Card title={mapping.columnsTitle}>
          <Mapping report={report} />
        </Card>
      </SimpleGrid>
      <SuppressedCard report={report} />
      <Card title={words.rulesRun(run, coverage.length)}>
        {missed > 0 ? <Text size="sm">{words.rulesMissed(missed)}</Text> : null}
        <Rules report={report} coverage={coverage} />
      </Card>
    </Stack>
  );
}

function HowRead({ report, rows }: { report: Report; rows: RowReceipt }) {
  const { report: words } = useMessages();
  const { sheet, header_row } = report.file ?? {};
  return (
    <Stack gap="xs">
      <Text size="sm">{words.readSentence(rows.evaluated, rows.total)}</Text>
      {sheet ? (
        <Text size="sm">
          {header_row ? words.sheetAndHeader(sheet, header_row) : words.sheetNoHeader(sheet)}
        </Text>
      ) : null}
      <SourceSystem source_system={report.source_system} />
      {rows.evaluated === rows.total ? <Text size="sm">{words.allRows}</Text> : null}
      <CatalogNote catalog={report.catalog} />
      <Reasons title={words.skippedRows} reasons={reasonsIn(rows.skipped)} />
      <Reasons title={words.rejectedRows} reasons={reasonsIn(rows.rejected)} />
      <Reasons title={words.unreadCells} reasons={reasonsIn(rows.unread)} />
      <FirstRows rows={rows} />
    </Stack>
  );
}

function Reasons({ title, reasons }: { title: string; reasons: [string, number][] }) {
  const format = useFormat();
  const { rowReason } = useCoverageWords();
  if (reasons.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <List size="sm">
        {reasons.map(([reason, count]) => (
          <List.Item key={reason}>
            {rowReason(reason)}: {format.number(count)}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function FirstRows({ rows }: { rows: RowReceipt }) {
  const { report: words } = useMessages();
  const format = useFormat();
  const { rowReason } = useCoverageWords();
  if (rows.details.length === 0) return null;
  return (
    <details>
      <summary>
        <Text span size="sm">
          {words.firstRows}
        </Text>
      </summary>
      <Table.ScrollContainer minWidth={280} type="native" mah={280} tabIndex={0}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.row}</Table.Th>
              <Table.Th>{words.reason}</Table.Th>
              <Table.Th>{words.detail}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.details.map((note) => (
              <Table.Tr key={`${note.row} ${note.reason} ${note.column}`}>
                <Table.Td className="numbers">{format.number(note.row)}</Table.Td>
                <Table.Td>{rowReason(note.reason)}</Table.Td>
                <Table.Td>{note.detail}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}

function Mapping({ report }: { report: Report }) {
  const { field: fields, mapping: words, report: general } = useMessages();
  return (
    <Stack gap="xs">
      <Table>
        <Table.Tbody>
          {Object.entries(report.column_mapping ?? {}).map(([column, field]) => (
            <Table.Tr key={column}>
              <Table.Th scope="row" fw={500}>
                {column}
              </Table.Th>
              <Table.Td>{isField(field) ? fields[field] : field}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {report.date_order ? (
        <Text size="sm" c="dimmed">
          {words.dateOrder} {words.dateOrders[report.date_order]}
        </Text>
      ) : null}
      {report.number_format ? (
        <Text size="sm" c="dimmed">
          {words.numberFormat} {words.numberFormats[report.number_format]}
        </Text>
      ) : null}
      <TextLink size="sm" to="/reports/$reportId/columns" params={{ reportId: report.id }}>
        {general.columns}
      </TextLink>
    </Stack>
  );
}

function Rules({ report, coverage }: { report: Report; coverage: RuleReceipt[] }) {
  const { report: words } = useMessages();
  const { title, why } = useRuleTexts();
  return (
    <Table.ScrollContainer minWidth={300} type="native" tabIndex={0}>
      <Table verticalSpacing="xs" aria-label={words.checks}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.rule}</Table.Th>
            <Table.Th ta="right">{words.found}</Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              {words.judged}
            </Table.Th>
            <Table.Th visibleFrom="sm">{words.unjudged}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {coverage.map((rule) => (
            <Fragment key={rule.rule}>
              <Table.Tr>
                <Table.Td>
                  <Group gap={8} wrap="nowrap" align="flex-start">
                    <RuleSign status={rule.status} />
                    <div>
                      <Text size="sm" fw={600}>
                        {title(rule.rule)}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {why(rule.rule)}
                      </Text>
                      <Unjudged rule={rule} hiddenFrom="sm" mt={4} />
                    </div>
                  </Group>
                </Table.Td>
                <RuleCells report={report} rule={rule} />
              </Table.Tr>
              {rule.questions.length > 0 ? (
                <Table.Tr>
                  <Table.Td colSpan={4} pl={36}>
                    <GoodsQuestions report={report} receipt={rule} />
                  </Table.Td>
                </Table.Tr>
              ) : null}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function RuleCells({ report, rule }: { report: Report; rule: RuleReceipt }) {
  const { report: words } = useMessages();
  const format = useFormat();
  const { need } = useCoverageWords();
  if (rule.status !== 'evaluated') {
    return (
      <Table.Td colSpan={3}>
        <Text size="sm">
          {rule.status === 'disabled'
            ? words.disabled
            : `${words.notChecked}: ${words.needs(format.list(rule.needs.map(need)))}`}
        </Text>
      </Table.Td>
    );
  }
  return (
    <>
      <Table.Td ta="right" className="numbers">
        {rule.anomalies > 0 ? (
          <TextLink
            fw={600}
            to="/reports/$reportId"
            params={{ reportId: report.id }}
            search={{ view: 'anomalies', rule: rule.rule }}
          >
            {format.number(rule.anomalies)}
          </TextLink>
        ) : (
          <Text span size="sm" c="dimmed">
            {words.nothingFound}
          </Text>
        )}
        {rule.flood ? (
          <Text size="xs" c="dimmed">
            {words.floodFound(format.number(rule.flood.subjects), format.number(rule.flood.judged))}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td ta="right" className="numbers" visibleFrom="sm">
        {format.number(rule.rows_judged)}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Unjudged rule={rule} />
      </Table.Td>
    </>
  );
}

/** In a column of its own; below the rule where there is no room for one. */
function Unjudged({ rule, ...place }: { rule: RuleReceipt } & BoxProps) {
  const format = useFormat();
  const { skipReason } = useCoverageWords();
  return (
    <Box {...place}>
      {reasonsIn(rule.rows_skipped).map(([reason, count]) => (
        <Text key={reason} size="sm" className="numbers">
          {skipReason(reason)} ({format.number(count)})
        </Text>
      ))}
    </Box>
  );
}

function RuleSign({ status }: { status: RuleReceipt['status'] }) {
  const [Sign, color] = {
    evaluated: [IconCircleCheck, 'var(--status-resolved)'] as const,
    not_evaluated: [IconCircleDashed, 'var(--priority-medium)'] as const,
    disabled: [IconCircleOff, 'var(--mantine-color-dimmed)'] as const,
  }[status];
  return <Sign size={18} color={color} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />;
}
