import { describe, expect, it } from 'vitest';
import type { PreviewQuestion, ReportPreview } from '@/api/reports';
import { possibleOrders, readDate, serviceReading, telling } from './date-reading';
import { choose, columnOf, firstDraft, goWithout, missing, requestOf } from './draft';
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
      numberFormat: false,
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

describe('a file without pallet numbers', () => {
  const lines = { Bin: 'location', Remarks: 'product_code' };
  const pallets = question('field:pallet_id', 'field', 'pallet_id');
  const asking = preview({ column_mapping: lines, questions: [pallets] });

  it('waits for somebody to say so', () => {
    const draft = firstDraft(asking);
    expect(missing(draft, asking).required).toEqual(['pallet_id']);
    const without = goWithout(draft, 'pallet_id');
    expect(missing(without, asking).required).toEqual([]);
    expect(requestOf(without, asking)).toMatchObject({ replace: true, column_mapping: lines });
  });

  it('takes a likely column off the pallets when it goes without', () => {
    const likely = preview({ ...asking, column_mapping: { ...lines, Pallet: 'pallet_id' } });
    const draft = firstDraft(likely);
    expect(missing(draft, likely).required).toEqual([]);
    expect(requestOf(goWithout(draft, 'pallet_id'), likely).column_mapping).toEqual(lines);
  });

  it('still needs an item and a location', () => {
    const without = goWithout(firstDraft(asking), 'pallet_id');
    expect(missing(choose(without, 'Remarks', null), asking).required).toEqual(['pallet_id']);
    expect(missing(goWithout(without, 'location'), asking).required).toEqual(['location']);
  });

  it('needs no word once it has been read so, and takes pallets back', () => {
    const read = preview({ column_mapping: lines, questions: [] });
    const draft = firstDraft(read);
    expect(missing(draft, read).required).toEqual([]);
    const back = choose(draft, 'Pallet', 'pallet_id');
    expect(missing(choose(back, 'Pallet', null), read).required).toEqual(['pallet_id']);
  });
});

describe('the notation of numbers', () => {
  const asking = preview({
    column_mapping: { Pallet: 'pallet_id', Bin: 'location', Remarks: 'quantity' },
    number_format: '1.234,56',
    questions: [question('number_format', 'number_format', 'quantity')],
  });

  it('is not taken from other columns where it is asked', () => {
    expect(firstDraft(asking).numberFormat).toBeNull();
    expect(missing(firstDraft(asking), asking).numberFormat).toBe(true);
  });

  it('is sent once it is known', () => {
    const answered = { ...firstDraft(asking), numberFormat: '1,234.56' as const };
    expect(missing(answered, asking).numberFormat).toBe(false);
    expect(requestOf(answered, asking).number_format).toBe('1,234.56');
    expect(firstDraft({ ...asking, questions: [] }).numberFormat).toBe('1.234,56');
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

  it('goes with the columns where those are asked too: what is suggested is confirmed', () => {
    const pallets = question('field:pallet_id', 'field', 'pallet_id');
    const both = { ...asking, questions: [...asking.questions, pallets] };
    expect(requestOf(answering({ kind: 'part' }), both)).toMatchObject({
      replace: true,
      answers: { scope: 'part' },
      column_mapping: { Pallet: 'pallet_id' },
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
    ['20250304', 'YMD', '2025-03-04'],
    ['04032025', 'DMY', '2025-03-04'],
    ['250304', 'YMD', '2025-03-04'],
    ['030425', 'MDY', '2025-03-04'],
    ['20251304', 'YMD', null],
    ['31/02/2025', 'DMY', null],
    ['13/14/2025', 'MDY', null],
    ['soon', 'DMY', null],
  ] as const)('%s as %s is %s', (text, order, day) => {
    expect(readDate(text, order)?.toISOString().slice(0, 10) ?? null).toBe(day);
  });

  it.each([
    ['03/04/2025 = 2025-04-03', '03/04/2025', '2025-04-03'],
    ['25064 = 2025-03-05', '25064', '2025-03-05'],
    ['13/14/2025 is no date then', '13/14/2025', undefined],
  ])('takes the reading of the service: %s', (sample, text, day) => {
    const reading = serviceReading(sample);
    expect([reading.text, reading.date?.toISOString().slice(0, 10)]).toEqual([text, day]);
  });

  it('asks by the sample that tells most, and offers only what can be', () => {
    expect(telling(['05/05/2025', '03/04/2025'])).toBe('03/04/2025');
    expect(possibleOrders(['03/04/2025', '05/05/2025'])).toEqual(['DMY', 'MDY']);
  });
});
