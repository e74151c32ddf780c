import { describe, expect, it } from 'vitest';
import type { PreviewColumn, PreviewQuestion, ReportPreview } from '@/api/reports';
import { choose, firstDraft } from './draft';
import { offeredPatterns, ownColumns, parsePattern, textsOf, usedColumns } from './joined-location';

const JOINED = '{Aisle}-{Bay}-{Level}';

const column = (name: string, index: number, parts: string[] = []): PreviewColumn => ({
  name,
  index,
  letter: 'ABCDE'[index] ?? '',
  samples: [],
  parts,
  suggestion: null,
  confidence: 0,
  alternatives: [],
});

const preview: ReportPreview = {
  sheets: [],
  sheet: 'Stock',
  header_row: 1,
  columns: [
    ...['Item', 'Aisle', 'Bay', 'Level'].map((name, index) => column(name, index)),
    column(JOINED, 4, ['Aisle', 'Bay', 'Level']),
  ],
  sample_rows: [
    ['X1', 'A', '02', '1', 'A-02-1'],
    ['X2', 'B', '', '3', 'B-3'],
    ['X3', '', '', '', ''],
  ],
  column_mapping: { Item: 'product_code', [JOINED]: 'location' },
  date_order: null,
  questions: [],
  notes: [],
  saved_mapping: null,
};

describe('a pattern of columns', () => {
  it.each([
    [JOINED, ['Aisle', 'Bay', 'Level']],
    ['R{Bay}{Aisle}', ['Bay', 'Aisle']],
    ['{Aisle}', undefined],
    ['{Aisle}-{Aisle}', undefined],
    ['{Aisle}-{Shelf}', undefined],
    ['Aisle', undefined],
    ['', undefined],
  ])('%s joins %o', (text, columns) => {
    expect(parsePattern(text, ownColumns(preview))?.columns).toEqual(columns);
  });

  it.each([
    [JOINED, ['A-02-1', 'B-3', '']],
    ['{Aisle}/{Bay}/{Level}', ['A/02/1', 'B/3', '']],
    ['R{Bay}.{Level}!', ['R02.1!', 'R3!', '']],
    ['Bay', ['02', '', '']],
    ['{Aisle}', []],
  ])('%s makes %o of the rows', (name, texts) => {
    expect(textsOf(name, preview)).toEqual(texts);
  });

  it('is told from columns among the answers that are offered', () => {
    const values = [JOINED, 'Item', '{Aisle}{Bay}{Level}', ''];
    const question: PreviewQuestion = {
      id: 'field:location',
      kind: 'join_location',
      field: 'location',
      column: JOINED,
      detail: '',
      optional: false,
      choices: values.map((value) => ({ value, label: value, samples: [] })),
    };
    const offered = offeredPatterns(question, preview).map(({ value }) => value);
    expect(offered).toEqual([JOINED, '{Aisle}{Bay}{Level}']);
  });

  it('is shown before the columns when it is chosen', () => {
    const draft = choose(firstDraft(preview), '{Aisle}.{Bay}', 'location');
    expect(usedColumns(draft, preview)).toEqual([
      { name: '{Aisle}.{Bay}', field: 'location' },
      { name: 'Item', field: 'product_code' },
    ]);
  });
});
