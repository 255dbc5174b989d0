import { quote } from '../text/quote.js';
import { SiblingKeys } from './duplicate-keys.js';
import type { JsonNode } from './node.js';
import { endOfNumber } from './number.js';
import { StringReader } from './string.js';
import { Unreadable, unexpected } from './unreadable.js';

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Something that parsers may read differently in a text that is JSON otherwise. */
export interface Doubt {
  flaw: string;
  at: number;
}

export interface ScanLimits {
  keep: number;
  elements: boolean;
  mostElements: number;
  maxDepth: number;
}

/** One pass over a JSON text, for one use. */
export class Scanner {
  /** Whether the outermost object has a key twice: then not even its members are certain. */
  rootInDoubt = false;
  #duplicate: Doubt | undefined;
  #at = 0;
  readonly #keys: SiblingKeys;
  readonly #strings: StringReader;

  constructor(
    private readonly text: string,
    private readonly limits: ScanLimits,
  ) {
    this.#keys = new SiblingKeys(text);
    this.#strings = new StringReader(text);
  }

  /** The first doubt. */
  get doubt(): Doubt | undefined {
    const lone = this.#strings.loneSurrogateAt;
    if (lone === undefined || (this.#duplicate && this.#duplicate.at < lone)) return this.#duplicate;
    return { flaw: 'lone surrogate', at: lone };
  }

  /** The whole text: one value with nothing but blanks around it. Throws `Unreadable`. */
  document(): JsonNode {
    const root = this.#value(0, true);
    this.#next();
    if (root === undefined || this.#at < this.text.length) throw unexpected(this.text, this.#at);
    return root;
  }

  /** Reads the value that comes next, with `depth` others around it; a node describes it where one is wanted. */
  #value(depth: number, wanted: boolean): JsonNode | undefined {
    const code = this.#next();
    const start = this.#at;
    switch (code) {
      case QUOTE:
        this.#at = this.#strings.end(start);
        return wanted ? this.#node('string', start) : undefined;
      case OPEN_OBJECT:
        return this.#object(depth, wanted);
      case OPEN_ARRAY:
        return this.#array(depth, wanted);
      case LOWER_T:
        return this.#literal('true', wanted);
      case LOWER_F:
        return this.#literal('false', wanted);
      case LOWER_N:
        return this.#literal('null', wanted);
      default:
        this.#at = endOfNumber(this.text, start);
        return wanted ? this.#node('number', start) : undefined;
    }
  }

  #object(depth: number, wanted: boolean): JsonNode | undefined {
    const start = this.#enter(depth);
    const members = wanted && depth < this.limits.keep ? new Map<string, JsonNode>() : undefined;
    const keys = this.#keys.open();
    if (this.#next() !== CLOSE_OBJECT) {
      do this.#member(depth, keys, members);
      while (this.#goesOn(CLOSE_OBJECT));
    }
    this.#at++;
    this.#keys.close(keys);
    return wanted ? this.#node('object', start, members) : undefined;
  }

  #member(depth: number, keys: number, members: Map<string, JsonNode> | undefined): void {
    if (this.#next() !== QUOTE) throw unexpected(this.text, this.#at);
    const start = this.#at;
    const end = this.#strings.end(start);
    const key = members && this.#keys.key(start, end);
    const isNew =
      key === undefined ? this.#keys.add(keys, start, end, this.#strings.escaped) : !members?.has(key);
    if (!isNew) this.#noteDuplicate(depth, start, end);
    this.#at = end;
    if (this.#next() !== COLON) throw unexpected(this.text, this.#at);
    this.#at++;
    const value = this.#value(depth + 1, members !== undefined);
    if (key !== undefined && value) members?.set(key, value);
  }

  #noteDuplicate(depth: number, start: number, end: number): void {
    if (depth === 0) this.rootInDoubt = true;
    this.#duplicate ??= { flaw: `duplicate key ${quote(this.#keys.key(start, end))}`, at: start };
  }

  #array(depth: number, wanted: boolean): JsonNode | undefined {
    const start = this.#enter(depth);
    const { keep, elements: keepElements, mostElements } = this.limits;
    const elements: JsonNode[] | undefined = wanted && keepElements && depth < keep ? [] : undefined;
    if (this.#next() !== CLOSE_ARRAY) {
      do {
        const listed = elements !== undefined && elements.length < mostElements;
        const value = this.#value(depth + 1, listed);
        if (listed && value) elements.push(value);
      } while (this.#goesOn(CLOSE_ARRAY));
    }
    this.#at++;
    return wanted ? this.#node('array', start, undefined, elements) : undefined;
  }

  /** Steps over an opening bracket. */
  #enter(depth: number): number {
    if (depth >= this.limits.maxDepth) {
      throw new Unreadable(`nested deeper than ${this.limits.maxDepth}`, this.#at, false);
    }
    return this.#at++;
  }

  /** Whether a comma follows, which is stepped over, and not the closing bracket. */
  #goesOn(close: number): boolean {
    const code = this.#next();
    if (code === close) return false;
    if (code !== COMMA) throw unexpected(this.text, this.#at);
    this.#at++;
    return true;
  }

  /** Steps to the next character that is not a blank; NaN at the end. */
  #next(): number {
    let code = this.text.charCodeAt(this.#at);
    while (code === SPACE || code === TAB) code = this.text.charCodeAt(++this.#at);
    return code;
  }

  #literal(word: 'true' | 'false' | 'null', wanted: boolean): JsonNode | undefined {
    const start = this.#at;
    if (!this.text.startsWith(word, start)) throw unexpected(this.text, start);
    this.#at += word.length;
    return wanted ? this.#node(word, start) : undefined;
  }

  #node(
    kind: JsonNode['kind'],
    start: number,
    members?: ReadonlyMap<string, JsonNode>,
    elements?: readonly JsonNode[],
  ): JsonNode {
    return { kind, start, end: this.#at, members, elements };
  }
}
