import type { PreviewQuestion } from '@/api/reports';
import { useFormat, useMessages } from '@/i18n/i18n';
import {
  DATE_ORDERS,
  possibleOrders,
  readDate,
  serviceReading,
  telling,
  type DateOrder,
} from './date-reading';
import { ReadingChoice } from './reading-choice';

interface DateOrderQuestionProps {
  /** Its choices carry readings of the dates that are open; without it, `samples` are read. */
  question: PreviewQuestion | undefined;
  samples: readonly string[];
  value: DateOrder | null;
  onChange: (order: DateOrder) => void;
}

export function DateOrderQuestion({ question, samples, value, onChange }: DateOrderQuestionProps) {
  const { mapping: words } = useMessages();
  const format = useFormat();
  const tell = (text: string, date: Date | null) =>
    date ? words.readAs(text, format.longDate(date)) : words.notADate(text);
  const sample = telling(samples);
  const possible = possibleOrders(samples);
  const offered = DATE_ORDERS.flatMap((order) => {
    const choice = question?.choices.find((candidate) => candidate.value === order);
    return choice ? [{ order, readings: choice.samples.map(serviceReading) }] : [];
  });
  const guessed = (possible.length > 0 ? possible : DATE_ORDERS).map((order) => ({
    order,
    readings: sample ? [{ text: sample, date: readDate(sample, order) }] : [],
  }));
  return (
    <ReadingChoice
      label={words.dateOrder}
      hint={question ? words.dateOrderHint : words.proven}
      readings={(offered.length > 0 ? offered : guessed).map(({ order, readings }) => ({
        value: order,
        title: words.dateOrders[order],
        samples: readings.map(({ text, date }) => tell(text, date)),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
