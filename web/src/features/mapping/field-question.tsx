import { Badge, Button, Group, Select, Stack, Text } from '@mantine/core';
import { isField, type Field } from '@/api/fields';
import type { PreviewQuestion, ReportPreview } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';
import { columnOf, maySkip, type Draft } from './draft';
import { LocationQuestion } from './location-question';
import { ownColumns } from './joined-location';
import { useQuestionWords } from './question-words';

interface FieldQuestionProps {
  question: PreviewQuestion;
  preview: ReportPreview;
  draft: Draft;
  onChoose: (column: string, field: Field) => void;
  onSkip: (field: Field) => void;
}

/** A question with its answer beside it. One about a field that may be missing can be passed over. */
export function FieldQuestion(props: FieldQuestionProps) {
  const { question, preview, draft, onChoose, onSkip } = props;
  const { mapping: words, field: names } = useMessages();
  const label = useQuestionWords()(question);
  const { field } = question;
  if (!field || !isField(field)) return <Text size="sm">{label}</Text>;
  if (question.kind === 'join_location')
    return (
      <LocationQuestion
        label={label}
        question={question}
        preview={preview}
        draft={draft}
        onChoose={(column) => onChoose(column, field)}
      />
    );
  const column = columnOf(draft, field) ?? null;
  const optional = maySkip(draft, field);
  const skipped = optional && column === null && draft.without.includes(field);
  const offered = question.choices.map(({ value }) => value).filter(Boolean);
  const samples = preview.columns.find(({ name }) => name === column)?.samples ?? [];
  return (
    <Stack gap={6}>
      <Group gap={8} align="baseline">
        <Text size="sm" fw={500} flex="0 1 auto">
          {label}
        </Text>
        {optional ? (
          <Badge variant="outline" color="gray" tt="none">
            {words.optional}
          </Badge>
        ) : null}
      </Group>
      <Group gap="xs" align="flex-start">
        <Select
          aria-label={label}
          placeholder={skipped ? words.goesWithout : words.chooseColumn}
          data={[...new Set([...offered, ...ownColumns(preview)])]}
          searchable={preview.columns.length > 8}
          allowDeselect={false}
          flex="1 1 14rem"
          maw="24rem"
          value={column}
          onChange={(name) => (name ? onChoose(name, field) : undefined)}
        />
        {optional ? (
          <Button
            variant={skipped ? 'light' : 'default'}
            aria-label={`${words.goWithout}: ${names[field]}`}
            aria-pressed={skipped}
            onClick={() => onSkip(field)}
          >
            {words.goWithout}
          </Button>
        ) : null}
      </Group>
      {samples.length > 0 ? (
        <Text size="xs" c="dimmed" className="code" truncate>
          {samples.slice(0, 3).join(' · ')}
        </Text>
      ) : null}
      {optional && field === 'pallet_id' ? (
        <Text size="sm" c="dimmed">
          {words.withoutPallets}
        </Text>
      ) : null}
    </Stack>
  );
}
