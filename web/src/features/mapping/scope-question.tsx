import { Radio, Select, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import type { PreviewQuestion } from '@/api/reports';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import classes from './mapping.module.css';
import { OTHER, type ScopeAnswer } from './scope';

interface ScopeQuestionProps {
  question: PreviewQuestion;
  timezone: string | undefined;
  value: ScopeAnswer;
  onChange: (answer: ScopeAnswer) => void;
}

/** Both counts side by side: whoever sees 60 beside 100,000 knows what they have sent. */
export function ScopeQuestion({ question, timezone, value, onChange }: ScopeQuestionProps) {
  const { scope: words } = useMessages();
  const warehouse = question.scope?.warehouse_name ?? '';
  const others = question.choices.filter((choice) => !isScope(choice.value));
  const cards = [
    { key: 'whole', title: words.whole(warehouse), hint: words.wholeHint },
    { key: 'part', title: words.part, hint: words.partHint },
    { key: OTHER, title: words.other, hint: words.otherHint },
  ] as const;
  return (
    <Card>
      <Stack gap="md">
        <Counts question={question} timezone={timezone} />
        <Radio.Group
          label={words.question}
          value={value.kind ?? ''}
          onChange={(kind) => onChange({ ...value, kind: kind as ScopeAnswer['kind'] })}
        >
          <SimpleGrid cols={{ base: 1, sm: 3 }} mt="sm" spacing="xs">
            {cards.map(({ key, title, hint }) => (
              <Radio.Card key={key} value={key} className={classes.order}>
                <Text fw={600} size="sm">
                  {title}
                </Text>
                <Text size="sm" c="dimmed">
                  {hint}
                </Text>
              </Radio.Card>
            ))}
          </SimpleGrid>
        </Radio.Group>
        {value.kind === OTHER && others.length > 0 ? (
          <Select
            label={words.which}
            placeholder={words.choose}
            data={others}
            searchable={others.length > 8}
            value={value.warehouse ?? null}
            onChange={(id) => onChange({ ...value, warehouse: id ?? undefined })}
          />
        ) : null}
        {value.kind === OTHER && others.length === 0 ? (
          <Text size="sm">
            {words.noOther} <TextLink to="/warehouses">{words.makeOne}</TextLink>
          </Text>
        ) : null}
      </Stack>
    </Card>
  );
}

function Counts({ question, timezone }: Pick<ScopeQuestionProps, 'question' | 'timezone'>) {
  const { scope: words } = useMessages();
  const format = useFormat();
  const facts = question.scope;
  if (!facts) return <Text size="sm">{question.detail}</Text>;
  const { last } = facts;
  const when = (moment: string) => format.dateTime(moment, timezone);
  const rows = [
    [words.rows, format.number(facts.rows), format.number(last.rows)],
    [words.pallets, format.number(facts.pallets), format.number(last.pallets)],
    [words.known, format.number(facts.known), words.ofThem(format.number(last.pallets))],
    [words.moment, when(facts.as_of), when(last.as_of)],
  ];
  return (
    <Table className="numbers" verticalSpacing={6} aria-label={words.compared}>
      <Table.Thead>
        <Table.Tr>
          <Table.Td />
          <Table.Th scope="col">{words.thisFile}</Table.Th>
          <Table.Th scope="col">
            <TextLink
              inherit
              to="/reports/$reportId"
              params={{ reportId: last.report_id }}
              underline="always"
            >
              {words.lastSnapshot}
            </TextLink>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, inFile, inSnapshot]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400}>
              {name}
            </Table.Th>
            <Table.Td fw={600}>{inFile}</Table.Td>
            <Table.Td>{inSnapshot}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const isScope = (value: string) => value === 'whole' || value === 'part';
