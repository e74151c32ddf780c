import { Stack, Text } from '@mantine/core';
import type { Field } from '@/api/fields';
import type { PreviewQuestion, ReportPreview } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';
import { notesOf } from '@/domain/reports/receipt';
import { Card } from '@/ui/card';
import { asksField, columnOf, maySkip, type Draft } from './draft';
import { FieldQuestion } from './field-question';

interface OpenQuestionsProps {
  preview: ReportPreview;
  draft: Draft;
  onChoose: (column: string, field: Field) => void;
  onSkip: (field: Field) => void;
}

/** Dates, numbers, the encoding and the scope have questions of their own below. */
const ELSEWHERE: readonly PreviewQuestion['kind'][] = [
  'date_order',
  'number_format',
  'encoding',
  'scope',
];

/** Whoever takes the pallet numbers off their column is asked, as one whose file has none is. */
const PALLETS: PreviewQuestion = {
  id: 'field:pallet_id',
  kind: 'field',
  field: 'pallet_id',
  detail: '',
  optional: true,
  choices: [],
};

export function OpenQuestions({ preview, draft, ...answering }: OpenQuestionsProps) {
  const { mapping: words } = useMessages();
  const asked = preview.questions.filter(({ kind }) => !ELSEWHERE.includes(kind));
  const lacksPallets =
    !asksField(preview, 'pallet_id') &&
    columnOf(draft, 'pallet_id') === undefined &&
    maySkip(draft, 'pallet_id');
  const open = lacksPallets ? [...asked, PALLETS] : asked;
  const notes = notesOf(preview);
  if (open.length === 0) return null;
  return (
    <Card title={words.asked}>
      <Stack gap="md">
        {open.map((question) => (
          <FieldQuestion
            key={question.id}
            question={question}
            preview={preview}
            draft={draft}
            {...answering}
          />
        ))}
        {notes.length > 0 ? (
          <Text size="sm" c="dimmed">
            {notes.join(' ')}
          </Text>
        ) : null}
      </Stack>
    </Card>
  );
}
