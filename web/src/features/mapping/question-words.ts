import { isField } from '@/api/fields';
import type { PreviewQuestion } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';

/** What is asked, in the reader's language; in the service's own words where it asks anything new. */
export function useQuestionWords() {
  const { field: fields, mapping: words } = useMessages();
  return ({ kind, field, column, problem, detail }: PreviewQuestion): string => {
    if (kind === 'sheet') return words.question.sheet;
    if (kind === 'join_location' && column) return words.question.join(column);
    if (kind !== 'field' || !field) return detail;
    const name = isField(field) ? fields[field] : field;
    if (problem && column) return words.question[problem](column, name);
    return column ? words.question.confirm(column, name) : words.question.choose(name);
  };
}
