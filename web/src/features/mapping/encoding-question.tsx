import type { MappingRequest, PreviewQuestion } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';
import { ReadingChoice } from './reading-choice';

export type Encoding = NonNullable<MappingRequest['encoding']>;

interface EncodingQuestionProps {
  question: PreviewQuestion;
  pending: boolean;
  onChange: (encoding: Encoding) => void;
}

/** The file is read again at once: the names of its columns may be others in another encoding. */
export function EncodingQuestion({ question, pending, onChange }: EncodingQuestionProps) {
  const { mapping: words } = useMessages();
  return (
    <ReadingChoice
      label={words.encoding}
      hint={words.encodingHint}
      readings={question.choices.map(({ value, label, samples }) => ({
        value: value as Encoding,
        title: words.encodings[value as Encoding] ?? label,
        samples,
      }))}
      value={null}
      onChange={(encoding) => {
        if (!pending) onChange(encoding);
      }}
    />
  );
}
