/** A piece of JSON text: one token as it was written, or the marks and blanks between tokens. */
export interface JsonPiece {
  kind: 'layout' | 'key' | 'string' | 'number' | 'word';
  text: string;
}

/** Levels. Deeper values are not indented further: hostile nesting must not make a page of blanks. */
const DEEPEST_INDENT = 20;
const BLANKS = /[ \t\n\r]+/y;
const WORD = /[^ \t\n\r{}[\],:"]+/y;

/**
 * Lays JSON text out over lines, one for each member and element. The texts of all pieces, in order, make the whole.
 * Nothing but blanks between tokens is left out or changed, also where the text is not JSON.
 */
export function* indentJson(json: string): Generator<JsonPiece> {
  let depth = 0;
  for (let at = endOf(BLANKS, json, 0); at < json.length; at = endOf(BLANKS, json, at)) {
    const start = at;
    const first = json.charAt(start);
    if (first === '"') {
      at = endOfString(json, start);
      const isKey = json.charAt(endOf(BLANKS, json, at)) === ':';
      yield { kind: isKey ? 'key' : 'string', text: json.slice(start, at) };
    } else if (!'{}[],:'.includes(first)) {
      at = endOf(WORD, json, start);
      const text = json.slice(start, at);
      yield { kind: /^-?\d/.test(text) ? 'number' : 'word', text };
    } else {
      const next = endOf(BLANKS, json, start + 1);
      const isEmpty = json.charAt(next) === CLOSERS[first];
      at = isEmpty ? next + 1 : start + 1;
      if (isEmpty) yield { kind: 'layout', text: first + json.charAt(next) };
      else {
        if (CLOSERS[first] !== undefined) depth++;
        else if (first === '}' || first === ']') depth--;
        yield { kind: 'layout', text: around(first, depth) };
      }
    }
  }
}

const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** A mark with the blanks that belong before or after it. */
function around(mark: string, depth: number): string {
  if (mark === ':') return ': ';
  const line = `\n${'  '.repeat(Math.min(Math.max(depth, 0), DEEPEST_INDENT))}`;
  return mark === '}' || mark === ']' ? line + mark : mark + line;
}

/** After the quote that no backslash escapes. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const mark = json.charAt(at);
    if (mark === '"') return at + 1;
    if (mark === '\\') at++;
  }
  return json.length;
}

function endOf(pattern: RegExp, json: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : at;
}
