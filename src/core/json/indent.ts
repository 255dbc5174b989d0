/** A piece of JSON text as it is shown. The texts of all pieces make the whole text, laid out over lines. */
export interface JsonPiece {
  kind: 'layout' | 'key' | 'string' | 'number' | 'word';
  /** As it is written; what cannot be seen in it is for the caller to show. */
  text: string;
}

const SPACES = /[ \t\n\r]+/y;
const WORD = /[^ \t\n\r{}[\],:"]+/y;

/**
 * The pieces of a JSON text with a line for each member and element. Every character is kept as it is written, but for blanks
 * between values. A text that is not JSON comes back whole in some form.
 * @param deepest deeper values are not indented further: hostile nesting must not make a page of blanks
 */
export function indentJson(json: string, deepest: number): JsonPiece[] {
  const pieces: JsonPiece[] = [];
  let depth = 0;
  const line = () => `\n${'  '.repeat(Math.min(Math.max(depth, 0), deepest))}`;
  for (let at = skip(json, 0); at < json.length; at = skip(json, at)) {
    const start = at;
    const first = json.charAt(at);
    if (first === '"') {
      at = endOfString(json, start);
      const isKey = json.charAt(skip(json, at)) === ':';
      pieces.push({ kind: isKey ? 'key' : 'string', text: json.slice(start, at) });
    } else if ('{}[],:'.includes(first)) {
      at = start + 1;
      const next = skip(json, at);
      if (isEmpty(first, json.charAt(next))) {
        at = next + 1;
        pieces.push({ kind: 'layout', text: first + json.charAt(next) });
        continue;
      }
      if (first === '{' || first === '[') depth++;
      else if (first === '}' || first === ']') depth--;
      pieces.push({ kind: 'layout', text: laidOut(first, line()) });
    } else {
      at = endOf(WORD, json, start);
      const text = json.slice(start, at);
      pieces.push({ kind: /^-?\d/.test(text) ? 'number' : 'word', text });
    }
  }
  return pieces;
}

function isEmpty(first: string, next: string): boolean {
  return (first === '{' && next === '}') || (first === '[' && next === ']');
}

function laidOut(mark: string, line: string): string {
  if (mark === ':') return ': ';
  return mark === '}' || mark === ']' ? line + mark : mark + line;
}

/** Behind the quote that no backslash escapes. */
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
