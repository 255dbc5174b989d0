import { visibleJson } from './visible.js';

/** A piece of JSON text as it is shown. The texts of all pieces make the whole text, laid out over lines. */
export interface Token {
  kind: 'layout' | 'key' | 'string' | 'number' | 'word';
  text: string;
}

/** Deeper values are not indented further. */
const DEEPEST_INDENT = 24;
const SPACES = /[ \t\n\r]+/y;
const WORD = /[^ \t\n\r{}[\],:"]+/y;

/** JSON text laid out over lines. Numbers stay as they are written; what cannot be seen in strings becomes an escape. */
export function layOut(json: string): string {
  return jsonTokens(json)
    .map(({ text }) => text)
    .join('');
}

/** The pieces of a JSON text that has been proved before. Any other text comes back whole in some form. */
export function jsonTokens(json: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let at = skip(json, 0); at < json.length; at = skip(json, at)) {
    const start = at;
    const first = json.charAt(at);
    if (first === '"') {
      at = endOfString(json, start);
      const isKey = json.charAt(skip(json, at)) === ':';
      tokens.push({ kind: isKey ? 'key' : 'string', text: readable(json.slice(start, at)) });
    } else if ('{}[],:'.includes(first)) {
      at = start + 1;
      const closer = first === '{' ? '}' : first === '[' ? ']' : undefined;
      const next = skip(json, at);
      if (closer !== undefined && json.charAt(next) === closer) {
        at = next + 1;
        tokens.push({ kind: 'layout', text: first + closer });
        continue;
      }
      if (closer !== undefined) depth++;
      else if (first === '}' || first === ']') depth--;
      tokens.push({ kind: 'layout', text: laidOut(first, depth) });
    } else {
      at = endOf(WORD, json, start);
      const text = json.slice(start, at);
      tokens.push({ kind: /^-?\d/.test(text) ? 'number' : 'word', text: visibleJson(text) });
    }
  }
  return tokens;
}

function laidOut(mark: string, depth: number): string {
  const line = `\n${'  '.repeat(Math.min(Math.max(depth, 0), DEEPEST_INDENT))}`;
  if (mark === ':') return ': ';
  return mark === '}' || mark === ']' ? line + mark : mark + line;
}

/** The same string in its plainest writing: letters that were escaped for no reason are shown. */
function readable(literal: string): string {
  try {
    return visibleJson(JSON.stringify(JSON.parse(literal)));
  } catch {
    return visibleJson(literal);
  }
}

function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const mark = json.charAt(at);
    if (mark === '"') return at + 1;
    if (mark === '\\') at++;
  }
  return json.length;
}

function skip(json: string, at: number): number {
  return endOf(SPACES, json, at);
}

function endOf(pattern: RegExp, json: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : at;
}
