import type { Plural } from '../plural';

export const mappings = (plural: Plural) => ({
  lead: 'What was learned from your answers. A file with the same columns is read this way by itself.',
  emptyTitle: 'Nothing learned yet',
  empty:
    'When you have said what the columns of a file hold, it is remembered here, for the next file with the same columns.',
  columns: (used: number, all: number) =>
    `${used} of ${plural(all, { one: '# column', other: '# columns' })} used`,
  learned: 'learned from',
  report: 'this report',
  changed: (when: string) => `changed ${when}`,
  edit: 'Change',
  editOf: (name: string) => `Change ${name}`,
  forget: 'Forget',
  forgetOf: (name: string) => `Forget ${name}`,
  forgetTitle: 'Forget this mapping?',
  forgetText: (name: string) =>
    `“${name}” will not be used any more. You will be asked again when a file with these columns comes. Reports stay as they are.`,
  forgotten: 'Forgotten.',
  editTitle: 'Change the mapping',
  name: 'Name',
  column: 'Column',
  holds: 'Holds',
  columnHolds: (column: string) => `${column}: holds`,
  unused: 'Not used',
  dateOrder: 'Dates are written',
  dateOrderAny: 'As each file shows',
  numberFormat: 'Numbers are written',
  notationStays: 'Once known, the notation of numbers can be changed but not left open again.',
  sheet: (name: string) => `Sheet ${name}`,
  headerRow: (row: number) => `Header in row ${row}`,
  saved: 'Saved. It holds for the files to come.',
  needs: (fields: string) => `Still to choose: ${fields}.`,
  stays: 'Once known, the order of the dates can be changed but not left open again.',
});

export type MappingsWords = ReturnType<typeof mappings>;
