import { isField } from '@/api/fields';
import type { PreviewQuestion } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';

/** What is asked, in the reader's language; in the service's own words where it asks anything new. */
export function useQuestionWords() {
  const { field: fields, mapping: words } = useMessages();
  return ({ kind, field, column, detail }: PreviewQuestion): string => {
    const name = isField(field) ? fields[field] : field;
    if (kind === 'choose') return words.question.choose(name);
    if (kind === 'sheet') return words.question.sheet;
    if (column && (kind === 'confirm' || kind === 'values' || kind === 'damaged'))
      return words.question[kind](column, name);
    return detail;
  };
}
