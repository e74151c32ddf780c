import type { ReportPreview } from '@/api/reports';
import { isField, REQUIRED_FIELDS, WANTED_FIELDS, type Field } from '@/api/fields';
import type { MappingRequest } from '@/api/reports';
import { assigned, mappingOf } from '@/domain/fields/assigned';
import type { DateOrder } from './date-reading';

/** The answers as they stand: what each column holds, by the column's name; null for not used. */
export interface Draft {
  fields: Record<string, Field | null>;
  dateOrder: DateOrder | null;
}

/** What was recognized or chosen before, as a start. */
export function firstDraft(preview: ReportPreview): Draft {
  const fields = preview.columns.map(({ name }): [string, Field | null] => {
    const field = preview.column_mapping[name];
    return [name, field && isField(field) ? field : null];
  });
  return { fields: Object.fromEntries(fields), dateOrder: preview.date_order ?? null };
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
  return Object.entries(draft.fields).find(([, held]) => held === field)?.[0];
}

export interface Missing {
  required: Field[];
  wanted: Field[];
  dateOrder: boolean;
}

/** What is still to be answered before the file can be analyzed, and what would be good to have. */
export function missing(draft: Draft, preview: ReportPreview): Missing {
  const held = new Set(Object.values(draft.fields));
  // Time in storage says as much about ages as the date of receipt does.
  const has = (field: Field) =>
    held.has(field) || (field === 'creation_date' && held.has('time_in_storage'));
  return {
    required: REQUIRED_FIELDS.filter((field) => !has(field)),
    wanted: WANTED_FIELDS.filter((field) => !has(field)),
    dateOrder: asksDateOrder(preview) && draft.dateOrder === null,
  };
}

export const asksDateOrder = (preview: ReportPreview): boolean =>
  preview.questions.some((question) => question.field === 'date_order');

/** `saveAs` is what the mapping is remembered as; left out, it gets a name by itself. */
export function requestOf(draft: Draft, preview: ReportPreview, saveAs = ''): MappingRequest {
  return {
    column_mapping: mappingOf(draft.fields),
    ...(preview.sheet === null ? {} : { sheet: preview.sheet }),
    ...(preview.header_row === null ? {} : { header_row: preview.header_row }),
    ...(draft.dateOrder ? { date_order: draft.dateOrder } : {}),
    ...(saveAs.trim() ? { save_as: saveAs.trim() } : {}),
  };
}
