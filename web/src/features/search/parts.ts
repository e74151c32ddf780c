/** A part of a text, and whether it is marked. */
export interface Part {
  text: string;
  marked: boolean;
}

/** A text in parts, by the ranges that are to be marked: in order, and not over each other. */
export function partsOf(text: string, ranges: readonly (readonly number[])[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const [start = 0, end = 0] of ranges) {
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    parts.push({ text: text.slice(Math.max(start, at), end), marked: true });
    at = Math.max(at, end);
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

/** Without case and accents, as the service compares. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLocaleLowerCase();

/** Whether each word of a query begins a word of a label. */
export function fits(label: string, query: string): boolean {
  const words = folded(label).split(/\s+/);
  return folded(query)
    .split(/\s+/)
    .filter(Boolean)
    .every((asked) => words.some((word) => word.startsWith(asked)));
}
