/** What the reference makes of a text: its value, or why it has none, or why it has more than one. */
export type Reading = { value: ReferenceValue } | { flaw: 'malformed' | 'ambiguous' };

/** Objects as lists of members, so that a key given twice is seen; numbers as they were written. */
export type ReferenceValue =
  | { kind: 'object'; members: [string, ReferenceValue][] }
  | { kind: 'array'; elements: ReferenceValue[] }
  | { kind: 'string'; value: string }
  | { kind: 'number'; text: string }
  | { kind: 'true' | 'false' | 'null' };

/**
 * A strict JSON reader, written for being obviously right: one regular expression for each token of RFC 8259, a
 * tree, and only then the questions beyond the grammar.
 */
export function readReference(text: string, maxDepth: number): Reading {
  const value = readTree(text);
  if (value === undefined) return { flaw: 'malformed' };
  const isAmbiguous = depthOf(value) > maxDepth || hasLookalikes(value) || tokenize(text)?.some(isUnclear);
  return isAmbiguous ? { flaw: 'ambiguous' } : { value };
}

/** The tree of a text that is JSON by RFC 8259, whether or not it has one reading. */
export function readTree(text: string): ReferenceValue | undefined {
  const tokens = tokenize(text);
  if (tokens === undefined) return undefined;
  const parser = new Parser(tokens);
  const value = parser.value();
  return parser.atEnd() ? value : undefined;
}

const TOKEN =
  /[ \t\n\r]+|[{}[\],:]|true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return undefined;
    tokens.push(token);
    at += token.length;
  }
  return tokens;
}

class Parser {
  readonly #tokens: string[];
  #next = 0;

  constructor(tokens: string[]) {
    this.#tokens = tokens.filter((token) => !/^[ \t\n\r]/.test(token));
  }

  atEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  value(): ReferenceValue | undefined {
    const token = this.#tokens[this.#next++] ?? '';
    if (token === '{') return this.object();
    if (token === '[') return this.array();
    if (token.startsWith('"')) return { kind: 'string', value: unescaped(token) };
    if (token === 'true' || token === 'false' || token === 'null') return { kind: token };
    return /^[-0-9]/.test(token) ? { kind: 'number', text: token } : undefined;
  }

  object(): ReferenceValue | undefined {
    const members: [string, ReferenceValue][] = [];
    if (this.take('}')) return { kind: 'object', members };
    for (;;) {
      const key = this.#tokens[this.#next++] ?? '';
      if (!key.startsWith('"') || !this.take(':')) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      members.push([unescaped(key), value]);
      if (this.take('}')) return { kind: 'object', members };
      if (!this.take(',')) return undefined;
    }
  }

  array(): ReferenceValue | undefined {
    const elements: ReferenceValue[] = [];
    if (this.take(']')) return { kind: 'array', elements };
    for (;;) {
      const value = this.value();
      if (value === undefined) return undefined;
      elements.push(value);
      if (this.take(']')) return { kind: 'array', elements };
      if (!this.take(',')) return undefined;
    }
  }

  take(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }
}

const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescaped(token: string): string {
  return token
    .slice(1, -1)
    .replace(/\\(?:u(....)|(.))/g, (_, hex: string | undefined, letter: string | undefined) =>
      hex === undefined
        ? (ESCAPES[letter ?? ''] ?? letter ?? '')
        : String.fromCharCode(Number.parseInt(hex, 16)),
    );
}

function depthOf(value: ReferenceValue): number {
  if (value.kind === 'object') return 1 + Math.max(0, ...value.members.map(([, member]) => depthOf(member)));
  return value.kind === 'array' ? 1 + Math.max(0, ...value.elements.map(depthOf)) : 0;
}

function hasLookalikes(value: ReferenceValue): boolean {
  if (value.kind === 'array') return value.elements.some(hasLookalikes);
  if (value.kind !== 'object') return false;
  const keys = new Set(value.members.map(([key]) => key));
  return keys.size < value.members.length || value.members.some(([, member]) => hasLookalikes(member));
}

/** A line end between values, or half a surrogate pair: raw and escaped halves do not make a pair together. */
function isUnclear(token: string): boolean {
  if (!token.startsWith('"')) return /[\r\n]/.test(token);
  const withoutPairs = token
    .replace(/\\\\/g, '-')
    .replace(/[\ud800-\udbff][\udc00-\udfff]/g, '-')
    .replace(/\\u[dD][89abAB]..\\u[dD][c-fC-F]../g, '-');
  return /[\ud800-\udfff]|\\u[dD][89a-fA-F]/.test(withoutPairs);
}
