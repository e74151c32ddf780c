import {
  isItemField,
  type ImportContinuation,
  type ImportFile,
  type ImportQuestion,
  type ItemField,
} from '@/api/imports';
import { assigned, mappingOf } from '@/domain/fields/assigned';

/** What each column holds, by its name, null for not used; and the questions' answers by their id. */
export interface Draft {
  fields: Record<string, ItemField | null>;
  answers: Record<string, string>;
}

/** Questions with a list of answers, unlike those that ask for a column. */
export const choosing = (file: ImportFile): ImportQuestion[] =>
  file.questions.filter(({ kind, choices }) => kind !== 'field' && (choices?.length ?? 0) > 0);

/** What was recognized: a start, in which nothing that is asked is answered yet. */
export const firstDraft = (file: ImportFile): Draft => ({
  fields: Object.fromEntries(
    file.columns.map(({ name }): [string, ItemField | null] => {
      const field = file.column_mapping[name];
      return [name, field !== undefined && isItemField(field) ? field : null];
    }),
  ),
  answers: {},
});

/** One column now holds `field`; another that did gives it up. */
export const choose = (draft: Draft, column: string, field: ItemField | null): Draft => ({
  ...draft,
  fields: assigned(draft.fields, column, field),
});

export const answer = (draft: Draft, question: string, value: string): Draft => ({
  ...draft,
  answers: { ...draft.answers, [question]: value },
});

/** Whether a row can name its item. */
export const namesItems = ({ fields }: Draft): boolean =>
  Object.values(fields).some((field) => field === 'sku' || field === 'name' || field === 'gtin');

export const isComplete = (draft: Draft, file: ImportFile): boolean =>
  namesItems(draft) && choosing(file).every(({ id }) => draft.answers[id] !== undefined);

/** All columns were shown, so one without a field is meant not to be read. */
export function requestOf(draft: Draft, file: ImportFile): ImportContinuation {
  return {
    replace: true,
    column_mapping: mappingOf(draft.fields),
    ...(Object.keys(draft.answers).length > 0 ? { answers: draft.answers } : {}),
    ...(file.sheet === null || asks(file, 'sheet') ? {} : { sheet: file.sheet }),
    ...(file.header_row === null ? {} : { header_row: file.header_row }),
    ...(file.date_order && !asks(file, 'date_order') ? { date_order: file.date_order } : {}),
    ...(file.number_format && !asks(file, 'number_format')
      ? { number_format: file.number_format }
      : {}),
    ...(file.encoding && !asks(file, 'encoding') ? { encoding: file.encoding } : {}),
  };
}

const asks = (file: ImportFile, kind: ImportQuestion['kind']): boolean =>
  file.questions.some((question) => question.kind === kind);
