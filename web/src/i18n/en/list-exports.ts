import type { Plural } from '../plural';

export const listExports = (plural: Plural) => ({
  export: 'Export',
  title: {
    items: 'Export items',
    lots: 'Export lots',
    categories: 'Export categories',
    suppliers: 'Export suppliers',
    parts: 'Export what suppliers sell',
    units: 'Export units',
    inventory_types: 'Export inventory types',
    stock: 'Export what is where',
    movements: 'Export movements',
    orders: 'Export orders',
    order_lines: 'Export order lines',
    kits: 'Export kits',
    consumption: 'Export consumption',
  },
  all: 'The whole list is written to a file.',
  filtered: 'What the list shows now, with its filters, is written to a file.',
  format: { xlsx: 'Excel', csv: 'CSV' },
  formatHint: {
    xlsx: 'Numbers and dates as such, with a filter on every column',
    csv: 'For other programs',
  },
  ready: (rows: number) =>
    plural(rows, { one: '# row is in the file.', other: '# rows are in the file.' }),
  truncated: 'There are more, for which the file had no room. Narrow the filters.',
});

export type ListExportWords = ReturnType<typeof listExports>;
