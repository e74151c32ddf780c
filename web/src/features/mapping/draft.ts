import type { PreviewQuestion, ReportPreview } from '@/api/reports';
import { hasItem, isField, REQUIRED_FIELDS, WANTED_FIELDS, type Field } from '@/api/fields';
import type { MappingRequest } from '@/api/reports';
import { assigned, mappingOf } from '@/domain/fields/assigned';
import type { DateOrder } from './date-reading';
import type { NumberFormat } from './number-reading';
import { askedScope, scopeValue, type ScopeAnswer } from './scope';

/** The answers as they stand: what each column holds, by the column's name; null for not used. */
export interface Draft {
  fields: Record<string, Field | null>;
  dateOrder: DateOrder | null;
  numberFormat: NumberFormat | null;
  scope: ScopeAnswer;
  /** What the file is read without, because somebody said so. */
  without: readonly Field[];
}

/**
 * What was recognized or chosen before, as a start. A notation that is asked about has no answer
 * yet: what other columns prove says nothing of the one that is open.
 */
export function firstDraft(preview: ReportPreview): Draft {
  const fields = preview.columns.map(({ name }): [string, Field | null] => {
    const field = preview.column_mapping[name];
    return [name, field && isField(field) ? field : null];
  });
  const held = fields.map(([, field]) => field);
  const without = hasItem(held) && !held.includes('pallet_id') && !asksField(preview, 'pallet_id');
  return {
    fields: Object.fromEntries(fields),
    dateOrder: asks(preview, 'date_order') ? null : (preview.date_order ?? null),
    numberFormat: asks(preview, 'number_format') ? null : (preview.number_format ?? null),
    scope: { kind: null },
    without: without ? ['pallet_id'] : [],
  };
}

/**
 * One column now holds `field`. A field is held by one column only, so the column that had it
 * before gives it up.
 */
export const choose = (draft: Draft, column: string, field: Field | null): Draft => ({
  ...draft,
  fields: assigned(draft.fields, column, field),
  without: draft.without.filter((name) => name !== field),
});

/** No column holds `field`, and the file is to be read all the same. */
export function goWithout(draft: Draft, field: Field): Draft {
  const column = columnOf(draft, field);
  const freed = column === undefined ? draft : choose(draft, column, null);
  return { ...freed, without: [...freed.without.filter((name) => name !== field), field] };
}

/** Whether the file can be read without it. Stock without pallet numbers is told by its items. */
export function maySkip(draft: Draft, field: Field): boolean {
  return field === 'pallet_id' ? hasItem(Object.values(draft.fields)) : field !== 'location';
}

export function columnOf(draft: Draft, field: Field): string | undefined {
  return Object.entries(draft.fields).find(([, assignedField]) => assignedField === field)?.[0];
}

export interface Missing {
  required: Field[];
  wanted: Field[];
  dateOrder: boolean;
  numberFormat: boolean;
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
    required: REQUIRED_FIELDS.filter(
      (field) => !has(field) && !(draft.without.includes(field) && maySkip(draft, field)),
    ),
    wanted: WANTED_FIELDS.filter((field) => !has(field)),
    dateOrder: asks(preview, 'date_order') !== undefined && draft.dateOrder === null,
    numberFormat: asks(preview, 'number_format') !== undefined && draft.numberFormat === null,
    scope: askedScope(preview) !== undefined && scopeValue(draft.scope) === undefined,
  };
}

/** The question of this kind, if there is one. */
export const asks = (preview: ReportPreview, kind: PreviewQuestion['kind']) =>
  preview.questions.find((question) => question.kind === kind);

export const asksField = (preview: ReportPreview, field: Field): boolean =>
  preview.questions.some((question) => question.field === field);

/**
 * `saveAs` is what the mapping is remembered as; left out, it gets a name by itself. Whoever only
 * says what the file holds has said nothing of its columns, and nothing of them is remembered.
 */
export function requestOf(draft: Draft, preview: ReportPreview, saveAs = ''): MappingRequest {
  const scope = askedScope(preview) ? scopeValue(draft.scope) : undefined;
  const answers = scope === undefined ? {} : { answers: { scope } };
  const before = firstDraft(preview);
  const touched =
    draft.dateOrder !== before.dateOrder ||
    draft.numberFormat !== before.numberFormat ||
    draft.without.length !== before.without.length ||
    !sameFields(draft.fields, before.fields);
  const onlyScope = preview.questions.every(({ kind }) => kind === 'scope');
  if (scope !== undefined && onlyScope && !touched && !saveAs.trim())
    return { replace: false, ...answers };
  return {
    // All columns are shown: one that is not used is meant so.
    replace: true,
    ...answers,
    column_mapping: mappingOf(draft.fields),
    ...(preview.sheet === null ? {} : { sheet: preview.sheet }),
    ...(preview.header_row === null ? {} : { header_row: preview.header_row }),
    ...(draft.dateOrder ? { date_order: draft.dateOrder } : {}),
    ...(draft.numberFormat ? { number_format: draft.numberFormat } : {}),
    ...(preview.encoding ? { encoding: preview.encoding } : {}),
    ...(saveAs.trim() ? { save_as: saveAs.trim() } : {}),
  };
}

const sameFields = (first: Draft['fields'], second: Draft['fields']): boolean =>
  Object.keys(first).every((column) => first[column] === (second[column] ?? null));
