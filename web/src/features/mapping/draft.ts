import type { ReportPreview } from '@/api/reports';
import { isField, REQUIRED_FIELDS, WANTED_FIELDS, type Field } from '@/api/fields';
import type { MappingRequest } from '@/api/reports';
import { assigned, mappingOf } from '@/domain/fields/assigned';
import type { DateOrder } from './date-reading';
import { askedScope, scopeValue, type ScopeAnswer } from './scope';

/** The answers as they stand: what each column holds, by the column's name; null for not used. */
export interface Draft {
  fields: Record<string, Field | null>;
  dateOrder: DateOrder | null;
  scope: ScopeAnswer;
}

/** What was recognized or chosen before, as a start. */
export function firstDraft(preview: ReportPreview): Draft {
  const fields = preview.columns.map(({ name }): [string, Field | null] => {
    const field = preview.column_mapping[name];
    return [name, field && isField(field) ? field : null];
  });
  return {
    fields: Object.fromEntries(fields),
    dateOrder: preview.date_order ?? null,
    scope: { kind: null },
  };
}

/**
 * One column now holds `field`. A field is held by one column only, so the column that had it
 * before gives it up.
 */
export const choose = (draft: Draft, column: string, field: Field | null): Draft => ({
  ...draft,
  fields: assigned(draft.fields, column, field),
});

export function columnOf(draft: Draft, field: Field): string | undefined {
  return Object.entries(draft.fields).find(([, assignedField]) => assignedField === field)?.[0];
}

export interface Missing {
  required: Field[];
  wanted: Field[];
  dateOrder: boolean;
  scope: boolean;
}

/** What is still to be answered before the file can be analyzed, and what would be good to have. */
export function missing(draft: Draft, preview: ReportPreview): Missing {
  const assignedFields = new Set(Object.values(draft.fields));
  // Time in storage says as much about ages as the date of receipt does.
  const has = (field: Field) =>
    assignedFields.has(field) ||
    (field === 'creation_date' && assignedFields.has('time_in_storage'));
  return {
    required: REQUIRED_FIELDS.filter((field) => !has(field)),
    wanted: WANTED_FIELDS.filter((field) => !has(field)),
    dateOrder: asksDateOrder(preview) && draft.dateOrder === null,
    scope: askedScope(preview) !== undefined && scopeValue(draft.scope) === undefined,
  };
}

export const asksDateOrder = (preview: ReportPreview): boolean =>
  preview.questions.some((question) => question.kind === 'date_order');

/**
 * `saveAs` is what the mapping is remembered as; left out, it gets a name by itself. Whoever only
 * says what the file holds has said nothing of its columns, and nothing of them is remembered.
 */
export function requestOf(draft: Draft, preview: ReportPreview, saveAs = ''): MappingRequest {
  const scope = askedScope(preview) ? scopeValue(draft.scope) : undefined;
  const answers = scope === undefined ? {} : { answers: { scope } };
  const before = firstDraft(preview);
  const touched = draft.dateOrder !== before.dateOrder || !sameFields(draft.fields, before.fields);
  if (scope !== undefined && !touched && !saveAs.trim()) return { replace: false, ...answers };
  return {
    // All columns are shown: one that is not used is meant so.
    replace: true,
    ...answers,
    column_mapping: mappingOf(draft.fields),
    ...(preview.sheet === null ? {} : { sheet: preview.sheet }),
    ...(preview.header_row === null ? {} : { header_row: preview.header_row }),
    ...(draft.dateOrder ? { date_order: draft.dateOrder } : {}),
    ...(saveAs.trim() ? { save_as: saveAs.trim() } : {}),
  };
}

const sameFields = (first: Draft['fields'], second: Draft['fields']): boolean =>
  Object.keys(first).every((column) => first[column] === second[column]);
