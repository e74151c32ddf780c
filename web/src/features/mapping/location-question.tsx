import { Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PreviewQuestion, ReportPreview } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';
import { columnOf, type Draft } from './draft';
import { offeredPatterns, ownColumns, parsePattern, textsOf } from './joined-location';
import { ReadingCards } from './reading-choice';

interface LocationQuestionProps {
  label: string;
  question: PreviewQuestion;
  preview: ReportPreview;
  draft: Draft;
  onChoose: (column: string) => void;
}

/** How the parts of a location are joined: one of the ways offered, another one, or one column. */
export function LocationQuestion(props: LocationQuestionProps) {
  const { label, question, preview, draft, onChoose } = props;
  const { mapping: words } = useMessages();
  const patterns = offeredPatterns(question, preview);
  const columns = ownColumns(preview);
  const value = columnOf(draft, 'location') ?? null;
  const [own, setOwn] = useState('');
  const valid = parsePattern(own, columns) !== null;
  const sample = valid ? textsOf(own, preview).find(Boolean) : undefined;
  return (
    <Stack gap="sm">
      <ReadingCards
        label={label}
        hint={words.join.hint}
        readings={patterns.map((choice) => ({
          value: choice.value,
          title: choice.value,
          samples: choice.samples,
        }))}
        value={value}
        onChange={onChoose}
      />
      <TextInput
        label={words.join.own}
        description={sample ? words.join.reads(sample) : words.join.ownHint}
        placeholder={question.column ?? undefined}
        maxLength={300}
        value={own}
        error={own && !valid ? words.join.noPattern : null}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setOwn(text);
          if (parsePattern(text, columns)) onChoose(text);
        }}
      />
      <Select
        label={words.join.column}
        placeholder={words.chooseColumn}
        data={columns}
        searchable={columns.length > 8}
        value={value !== null && columns.includes(value) ? value : null}
        onChange={(column) => (column ? onChoose(column) : undefined)}
      />
    </Stack>
  );
}
