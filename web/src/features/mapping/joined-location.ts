import type { PreviewColumn, PreviewQuestion, ReportPreview } from '@/api/reports';
import type { Field } from '@/api/fields';
import type { Draft } from './draft';

interface Pattern {
  columns: string[];
  /** The text before each column, and after the last. */
  between: string[];
}

const PART = /\{([^{}]+)\}/;
const MOST_PARTS = 8;

/** A pattern such as `{Aisle}-{Bay}`, of two columns or more; null if the text is none of these. */
export function parsePattern(text: string, columns: readonly string[]): Pattern | null {
  const pieces = text.split(PART);
  const used = pieces.filter((_, index) => index % 2 === 1);
  const between = pieces.filter((_, index) => index % 2 === 0);
  const fits = used.length >= 2 && used.length <= MOST_PARTS;
  if (!fits || new Set(used).size < used.length) return null;
  return used.every((name) => columns.includes(name)) ? { columns: used, between } : null;
}

/** A blank part is left out with the text before it. */
function join({ between }: Pattern, texts: readonly string[]): string {
  const joined = texts.reduce(
    (before, text, index) => (text ? before + (before ? between[index] : '') + text : before),
    '',
  );
  return joined && `${between[0]}${joined}${between.at(-1)}`;
}

export const isJoined = ({ parts }: PreviewColumn): boolean => parts.length > 0;

/** The file's own columns. */
export const ownColumns = (preview: ReportPreview): string[] =>
  preview.columns.filter((column) => !isJoined(column)).map(({ name }) => name);

/** The patterns that are offered as answers, with what they make of the file's first rows. */
export function offeredPatterns(question: PreviewQuestion, preview: ReportPreview) {
  const columns = ownColumns(preview);
  return question.choices.filter(({ value }) => parsePattern(value, columns) !== null);
}

/** What each sample row has in a column, or in columns that a pattern joins. */
export function textsOf(name: string, { columns, sample_rows: rows }: ReportPreview): string[] {
  const indexes = (names: readonly string[]) =>
    names.map((wanted) => columns.findIndex((column) => column.name === wanted));
  const [index = -1] = indexes([name]);
  if (index >= 0) return rows.map((row) => row[index] ?? '');
  const pattern = parsePattern(
    name,
    columns.map((column) => column.name),
  );
  if (!pattern) return [];
  const parts = indexes(pattern.columns);
  return rows.map((row) =>
    join(
      pattern,
      parts.map((part) => row[part] ?? ''),
    ),
  );
}

/** What is used of the file, in its order; what is joined comes first, to be seen at once. */
export function usedColumns({ fields }: Draft, preview: ReportPreview) {
  const own = ownColumns(preview);
  const joined = Object.keys(fields).filter((name) => !own.includes(name));
  const names = [...joined, ...own];
  return [...new Set(names)].flatMap((name): { name: string; field: Field }[] => {
    const field = fields[name];
    return field ? [{ name, field }] : [];
  });
}
