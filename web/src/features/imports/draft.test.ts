import { describe, expect, it } from 'vitest';
import type { ImportColumn, ImportFile } from '@/api/imports';
import { answer, choose, choosing, firstDraft, isComplete, requestOf } from './draft';

const column = (name: string): ImportColumn => ({
  name,
  index: 0,
  letter: 'A',
  samples: [],
  parts: [],
  suggestion: null,
  confidence: 0,
  alternatives: [],
});

const file: ImportFile = {
  sheets: [{ name: 'Items', rows: 3, columns: 3 }],
  sheet: 'Items',
  header_row: 1,
  columns: [column('Ref'), column('Stock'), column('Best before')],
  sample_rows: [],
  column_mapping: { Ref: 'sku', 'Best before': 'expiry_date', Stock: 'unheard_of' },
  date_order: null,
  questions: [
    {
      id: 'date_order',
      kind: 'date_order',
      detail: '01/02/2026 may be two days.',
      optional: false,
      choices: [
        { value: 'DMY', label: 'Day first', samples: [] },
        { value: 'MDY', label: 'Month first', samples: [] },
      ],
    },
    { id: 'name', kind: 'field', detail: 'Which is the name?', optional: true, choices: [] },
  ],
};

describe('what the columns of an import hold', () => {
  it('begins with what was recognized, of the fields that the page knows', () => {
    expect(firstDraft(file).fields).toEqual({
      Ref: 'sku',
      Stock: null,
      'Best before': 'expiry_date',
    });
  });

  it('is one field for one column', () => {
    const draft = choose(firstDraft(file), 'Stock', 'sku');
    expect(draft.fields).toEqual({ Ref: null, Stock: 'sku', 'Best before': 'expiry_date' });
  });

  it('is complete when a row can name its item and every question is answered', () => {
    const draft = firstDraft(file);
    expect(choosing(file).map(({ id }) => id)).toEqual(['date_order']);
    expect(isComplete(draft, file)).toBe(false);
    const answered = answer(draft, 'date_order', 'DMY');
    expect(isComplete(answered, file)).toBe(true);
    expect(isComplete(choose(answered, 'Ref', null), file)).toBe(false);
  });

  it('is sent as a whole, with the answers', () => {
    const draft = answer(choose(firstDraft(file), 'Stock', 'quantity'), 'date_order', 'DMY');
    expect(requestOf(draft, file)).toEqual({
      replace: true,
      column_mapping: { Ref: 'sku', Stock: 'quantity', 'Best before': 'expiry_date' },
      answers: { date_order: 'DMY' },
      sheet: 'Items',
      header_row: 1,
    });
  });
});
