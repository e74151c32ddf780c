import type { PreviewQuestion } from '@/api/reports';
import { useFormat, useMessages } from '@/i18n/i18n';
import {
  NUMBER_FORMATS,
  readNumber,
  readText,
  separated,
  type NumberFormat,
} from './number-reading';
import { ReadingChoice } from './reading-choice';

const SHOWN = 3;

interface NumberFormatQuestionProps {
  question: PreviewQuestion | undefined;
  samples: readonly string[];
  value: NumberFormat | null;
  onChange: (notation: NumberFormat) => void;
}

export function NumberFormatQuestion(props: NumberFormatQuestionProps) {
  const { question, samples, value, onChange } = props;
  const { mapping: words } = useMessages();
  const format = useFormat();
  const open = question?.choices[0]?.samples.map(readText) ?? [];
  const texts = (open.length > 0 ? open : separated(samples)).slice(0, SHOWN);
  return (
    <ReadingChoice
      label={words.numberFormat}
      hint={question ? words.numberFormatHint : words.proven}
      readings={NUMBER_FORMATS.map((notation) => ({
        value: notation,
        title: words.numberFormats[notation],
        samples: texts.map((text) => {
          const number = readNumber(text, notation);
          return number === null
            ? words.notANumber(text)
            : words.numberReadAs(text, format.plainNumber(number));
        }),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
