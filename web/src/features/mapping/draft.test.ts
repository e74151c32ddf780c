import { describe, expect, it } from 'vitest';
import type { PreviewQuestion, ReportPreview } from '@/api/reports';
import { possibleOrders, readDate, telling } from './date-reading';
import { choose, columnOf, firstDraft, missing, requestOf } from './draft';
import { scopeValue, type ScopeAnswer } from './scope';

const question = (id: string, kind: PreviewQuestion['kind'], field: string): PreviewQuestion => ({
  id,
  kind,
  field,
  detail: '?',
  choices: [],
  optional: false,
});

const preview = (changes: Partial<ReportPreview> = {}): ReportPreview => ({
  sheets: [],
  sheet: 'Stock',
  header_row: 3,
  columns: ['Pallet', 'Bin', 'Received', 'Remarks'].map((name, index) => ({
    name,
    index,
    letter: 'ABCD'[index] ?? '',
    samples: [],
    parts: [],
    suggestion: null,
    confidence: 0,
    alternatives: [],
  })),
  sample_rows: [],
  column_mapping: { Pallet: 'pallet_id', Received: 'creation_date' },
  date_order: null,
  questions: [question('field:location', 'field', 'location')],
  notes: [],
  saved_mapping: null,
  ...changes,
});

describe('the mapping form', () => {
  it('begins with what was recognized', () => {
    expect(firstDraft(preview()).fields).toEqual({
      Pallet: 'pallet_id',
      Bin: null,
      Received: 'creation_date',
      Remarks: null,
    });
  });

  it('lets a field be held by one column only: the other gives it up', () => {
    const draft = choose(firstDraft(preview()), 'Bin', 'pallet_id');
    expect(columnOf(draft, 'pallet_id')).toBe('Bin');
    expect(draft.fields.Pallet).toBeNull();
  });

  it('lets several columns be unused', () => {
    const draft = choose(choose(firstDraft(preview()), 'Pallet', null), 'Received', null);
    expect(Object.values(draft.fields)).toEqual([null, null, null, null]);
  });

  it('knows what is still to be answered', () => {
    const asking = preview({
      questions: [question('date_order', 'date_order', 'creation_date')],
    });
    const draft = firstDraft(asking);
    expect(missing(draft, asking)).toEqual({
      required: ['location'],
      wanted: ['receipt_number', 'description'],
      dateOrder: true,
      scope: false,
    });
    const answered = { ...choose(draft, 'Bin', 'location'), dateOrder: 'DMY' as const };
    expect(missing(answered, asking)).toMatchObject({ required: [], dateOrder: false });
  });

  it('takes time in storage for the date of receipt', () => {
    const draft = choose(firstDraft(preview()), 'Received', 'time_in_storage');
    expect(missing(draft, preview()).wanted).not.toContain('creation_date');
  });

  it('sends what was chosen for the sheet and header that were shown', () => {
    const draft = {
      ...choose(firstDraft(preview()), 'Bin', 'location'),
      dateOrder: 'MDY' as const,
    };
    expect(requestOf(draft, preview())).toEqual({
      replace: true,
      column_mapping: { Pallet: 'pallet_id', Bin: 'location', Received: 'creation_date' },
      sheet: 'Stock',
      header_row: 3,
      date_order: 'MDY',
    });
  });
});

describe('the question whether it is the whole warehouse', () => {
  const asking = preview({
    column_mapping: { Pallet: 'pallet_id', Bin: 'location' },
    questions: [question('scope', 'scope', '')],
  });
  const answering = (scope: ScopeAnswer) => ({ ...firstDraft(asking), scope });

  it.each([
    [{ kind: null }, undefined],
    [{ kind: 'whole' }, 'whole'],
    [{ kind: 'part', warehouse: 'wh_2' }, 'part'],
    [{ kind: 'other' }, undefined],
    [{ kind: 'other', warehouse: 'wh_2' }, 'wh_2'],
  ] as const)('%o is answered by %s', (answer, value) => {
    expect(scopeValue(answer)).toBe(value);
    expect(missing(answering(answer), asking).scope).toBe(value === undefined);
  });

  it('is answered without saying anything of the columns', () => {
    expect(requestOf(answering({ kind: 'part' }), asking)).toEqual({
      replace: false,
      answers: { scope: 'part' },
    });
  });

  it('goes with the columns where those were changed too', () => {
    const draft = choose(answering({ kind: 'whole' }), 'Received', 'creation_date');
    expect(requestOf(draft, asking)).toMatchObject({
      answers: { scope: 'whole' },
      column_mapping: { Received: 'creation_date' },
    });
  });
});

describe('reading dates under an order', () => {
  it.each([
    ['03/04/2025', 'DMY', '2025-04-03'],
    ['03/04/2025', 'MDY', '2025-03-04'],
    ['3.4.25 08:00', 'DMY', '2025-04-03'],
    ['25-03-04', 'YMD', '2025-03-04'],
    ['2025-03-04', 'YMD', '2025-03-04'],
    ['31/02/2025', 'DMY', null],
    ['13/14/2025', 'MDY', null],
    ['soon', 'DMY', null],
  ] as const)('%s as %s is %s', (text, order, day) => {
    expect(readDate(text, order)?.toISOString().slice(0, 10) ?? null).toBe(day);
  });

  it('asks by the sample that tells most, and offers only what can be', () => {
    expect(telling(['05/05/2025', '03/04/2025'])).toBe('03/04/2025');
    expect(possibleOrders(['03/04/2025', '05/05/2025'])).toEqual(['DMY', 'MDY']);
  });
});
