/** A piece of what may once have been JSON. Joined, they give the line again. */
export interface Token {
  kind: 'string' | 'number' | 'open' | 'close' | 'comma' | 'colon' | 'blank' | 'other';
  text: string;
}

/** Where a member or element lies among the tokens; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

const TOKEN = /("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|([{[])|([}\]])|(,)|(:)|([ \t\r\n]+)|(?:[A-Za-z]+|.)/gs;
const KINDS = ['string', 'number', 'open', 'close', 'comma', 'colon', 'blank'] as const;

/** Cuts a line into tokens; whatever is none becomes some of another kind. */
export function tokensOf(line: string): Token[] {
  return [...line.matchAll(TOKEN)].map(([text, ...groups]) => {
    const kind = KINDS.find((_, index) => groups[index] !== undefined) ?? 'other';
    return { kind, text };
  });
}

export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('');
}

/** The members of all objects, at any depth: key, colon and value. */
export function membersOf(tokens: readonly Token[]): Span[] {
  return tokens.flatMap(({ kind }, start) => {
    if (kind !== 'string') return [];
    const colon = nextSeen(tokens, start + 1);
    if (tokens[colon]?.kind !== 'colon') return [];
    const end = endOfValue(tokens, nextSeen(tokens, colon + 1));
    return end === undefined ? [] : [{ start, end }];
  });
}

function nextSeen(tokens: readonly Token[], from: number): number {
  return tokens[from]?.kind === 'blank' ? from + 1 : from;
}

function endOfValue(tokens: readonly Token[], start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const kind = tokens[at]?.kind;
    if (kind === 'open') depth++;
    if (kind === 'close') depth--;
    if (depth < 0) return undefined;
    if (depth === 0) return at + 1;
  }
  return undefined;
}
