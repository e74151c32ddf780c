/**
 * The pattern language of a layout, as the service reads it, for the preview while someone types:
 *
 *     A-0[1-5]-*          `*` any run of characters, `?` one, `[1-5]` one of a class, `[!X]` any other
 *     RECV-{01..04}       a numeric range; a leading zero keeps the width
 *     {001..999}{A..D}    a letter range
 *     {DOCK,BAY-{1..3}}   alternatives, which are patterns themselves
 *
 * Matching keeps the set of places that can be reached, so that no pattern can make it hang.
 */
export type Node =
  | { kind: 'chars'; members: ReadonlySet<string>; negated: boolean }
  | { kind: 'any' }
  | { kind: 'star' }
  | { kind: 'range'; low: number; high: number; width: number | null }
  | { kind: 'choice'; options: Node[][] };

export interface Pattern {
  text: string;
  nodes: Node[];
}

export type PatternFault =
  | { fault: 'empty' | 'long' | 'lonely' | 'nestedRange' }
  | { fault: 'closesNothing' | 'neverClosed'; sign: string; position: number }
  | { fault: 'backwards' | 'noRange'; range: string };

export class PatternError extends Error {
  constructor(readonly fault: PatternFault) {
    super(fault.fault);
  }
}

const MAX_LENGTH = 200;
const MAX_DIGITS = 12;

/** A code as it is compared. */
export const comparable = (code: string): string => code.trim().toUpperCase();

/** Raises PatternError, which says what is wrong and where (characters from 1). */
export function readPattern(text: string): Pattern {
  const trimmed = text.trim();
  if (!trimmed) throw new PatternError({ fault: 'empty' });
  if (trimmed.length > MAX_LENGTH) throw new PatternError({ fault: 'long' });
  const reader = new Reader(trimmed);
  return { text: trimmed, nodes: reader.sequence(false) };
}

class Reader {
  private position = 0;

  constructor(private readonly text: string) {}

  sequence(nested: boolean): Node[] {
    const nodes: Node[] = [];
    while (this.position < this.text.length) {
      const sign = this.text[this.position]!;
      if (nested && (sign === ',' || sign === '}')) break;
      if (nested && this.text.startsWith('..', this.position)) {
        throw new PatternError({ fault: 'nestedRange' });
      }
      if (sign === ']' || sign === '}') {
        throw new PatternError({ fault: 'closesNothing', sign, position: this.position + 1 });
      }
      if (sign === '{') nodes.push(this.braces());
      else if (sign === '[') nodes.push(this.characterClass());
      else {
        this.position += 1;
        if (sign === '*') {
          if (nodes.at(-1)?.kind !== 'star') nodes.push({ kind: 'star' });
        } else if (sign === '?') nodes.push({ kind: 'any' });
        else for (const letter of sign.toUpperCase()) nodes.push(chars([letter]));
      }
    }
    return nodes;
  }

  private characterClass(): Node {
    const start = this.position;
    this.position += 1;
    const negated = this.text.startsWith('!', this.position);
    if (negated) this.position += 1;
    const close = this.text.indexOf(']', this.position + 1);
    if (close < 0) throw new PatternError({ fault: 'neverClosed', sign: '[', position: start + 1 });
    const body = this.text.slice(this.position, close).toUpperCase();
    this.position = close + 1;
    const members: string[] = [];
    for (let index = 0; index < body.length; index += 1) {
      const [low, dash, high] = [body[index]!, body[index + 1], body[index + 2]];
      if (dash === '-' && high !== undefined) {
        if (low > high) throw new PatternError({ fault: 'backwards', range: `${low}-${high}` });
        members.push(...letters(low, high));
        index += 2;
      } else members.push(low);
    }
    return chars(members, negated);
  }

  private braces(): Node {
    const start = this.position;
    const unclosed = { fault: 'neverClosed', sign: '{', position: start + 1 } as const;
    const close = this.text.indexOf('}', start);
    if (close < 0) throw new PatternError(unclosed);
    const body = this.text.slice(start + 1, close);
    if (body.includes('..') && !/[,{[*?]/.test(body)) {
      this.position = close + 1;
      return range(body.toUpperCase());
    }
    this.position += 1;
    const options = [this.sequence(true)];
    while (this.text[this.position] === ',') {
      this.position += 1;
      options.push(this.sequence(true));
    }
    if (this.position === this.text.length) throw new PatternError(unclosed);
    this.position += 1;
    if (options.length === 1) throw new PatternError({ fault: 'lonely' });
    return { kind: 'choice', options };
  }
}

function range(body: string): Node {
  const shown = `{${body}}`;
  const [low = '', high = ''] = body.split(/\.\.(.*)/).map((part) => part.trim());
  if (/^[A-Z]$/.test(low) && /^[A-Z]$/.test(high)) {
    if (low > high) throw new PatternError({ fault: 'backwards', range: shown });
    return chars(letters(low, high));
  }
  if (!/^\d+$/.test(low) || !/^\d+$/.test(high) || Math.max(low.length, high.length) > MAX_DIGITS) {
    throw new PatternError({ fault: 'noRange', range: shown });
  }
  if (Number(low) > Number(high)) throw new PatternError({ fault: 'backwards', range: shown });
  const padded = /^0\d/.test(low) || /^0\d/.test(high) || low.length === high.length;
  const width = padded ? Math.max(low.length, high.length) : null;
  return { kind: 'range', low: Number(low), high: Number(high), width };
}

function chars(members: string[], negated = false): Node {
  return { kind: 'chars', members: new Set(members), negated };
}

function letters(low: string, high: string): string[] {
  const first = low.charCodeAt(0);
  return Array.from({ length: high.charCodeAt(0) - first + 1 }, (_, step) =>
    String.fromCharCode(first + step),
  );
}

/** Whether the whole code, in its comparable form, fits. */
export function fits(pattern: Pattern, code: string): boolean {
  return reach(pattern.nodes, code, new Set([0])).has(code.length);
}

function reach(nodes: readonly Node[], code: string, from: ReadonlySet<number>): Set<number> {
  let places = new Set(from);
  for (const node of nodes) {
    if (places.size === 0) break;
    places = step(node, code, places);
  }
  return places;
}

function step(node: Node, code: string, from: ReadonlySet<number>): Set<number> {
  const to = new Set<number>();
  switch (node.kind) {
    case 'star':
      for (let place = Math.min(...from); place <= code.length; place += 1) to.add(place);
      return to;
    case 'any':
      for (const place of from) if (place < code.length) to.add(place + 1);
      return to;
    case 'chars':
      for (const place of from) {
        const letter = code[place];
        if (letter !== undefined && node.members.has(letter) !== node.negated) to.add(place + 1);
      }
      return to;
    case 'choice':
      for (const option of node.options) for (const end of reach(option, code, from)) to.add(end);
      return to;
    case 'range':
      for (const place of from) for (const end of numbersAt(node, code, place)) to.add(end);
      return to;
  }
}

function* numbersAt(node: Extract<Node, { kind: 'range' }>, code: string, place: number) {
  const longest = node.width ?? String(node.high).length;
  for (let length = node.width ?? 1; length <= longest; length += 1) {
    const digits = code.slice(place, place + length);
    if (digits.length < length || !/^\d+$/.test(digits)) return;
    if (node.width === null && length > 1 && digits.startsWith('0')) continue;
    const value = Number(digits);
    if (value >= node.low && value <= node.high) yield place + length;
  }
}

/** How many codes fit; null if no list could spell them out. */
export function countCodes({ nodes }: Pattern): number | null {
  return count(nodes);
}

function count(nodes: readonly Node[]): number | null {
  let product = 1;
  for (const node of nodes) {
    const here = countNode(node);
    if (here === null) return null;
    product *= here;
  }
  return product;
}

function countNode(node: Node): number | null {
  switch (node.kind) {
    case 'star':
    case 'any':
      return null;
    case 'chars':
      return node.negated ? null : node.members.size;
    case 'range':
      return node.high - node.low + 1;
    case 'choice': {
      const each = node.options.map(count);
      return each.some((optionCount) => optionCount === null)
        ? null
        : each.reduce<number>((a, b) => a + b!, 0);
    }
  }
}

/** The first codes that fit, in order; nothing for a pattern that no list could spell out. */
export function* spellOut({ nodes }: Pattern): Generator<string> {
  if (count(nodes) !== null) yield* spell(nodes, 0);
}

function* spell(nodes: readonly Node[], index: number): Generator<string> {
  const node = nodes[index];
  if (!node) {
    yield '';
    return;
  }
  for (const head of spellNode(node)) {
    for (const tail of spell(nodes, index + 1)) yield head + tail;
  }
}

function* spellNode(node: Node): Generator<string> {
  if (node.kind === 'chars') yield* node.members;
  if (node.kind === 'choice') for (const option of node.options) yield* spell(option, 0);
  if (node.kind === 'range') {
    for (let value = node.low; value <= node.high; value += 1) {
      yield String(value).padStart(node.width ?? 0, '0');
    }
  }
}

/** The first `limit` of them. */
export function firstCodes(pattern: Pattern, limit: number): string[] {
  const codes: string[] = [];
  for (const code of spellOut(pattern)) {
    if (codes.length === limit) break;
    codes.push(code);
  }
  return codes;
}
