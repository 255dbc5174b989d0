import type { ConfigNode, MapNode, Member, Range } from './config-text.js';
import { TextScan } from './text-scan.js';

/** One part of a key: `a` in `a.b = 1`. */
export interface KeyPart extends Range {
  name: string;
}

/** Reads keys and values of TOML 1.1 where they are. Written here since no parser of a fitting size says where things are. */
export class TomlScan extends TextScan {
  protected readonly language = 'TOML';
  /** Tables that a dotted key has made, and the members of the table in which it is written. */
  readonly dotted = new Map<ConfigNode, Member[]>();

  /** Moves on after white space, line ends and comments. */
  skip(): void {
    this.take(BLANK);
  }

  keyPath(): KeyPart[] {
    const parts: KeyPart[] = [];
    do {
      this.take(SPACE);
      const start = this.at;
      const name = this.take(BARE) ?? this.quoted();
      if (name === undefined) this.fail('a key is missing');
      parts.push({ name, start, end: this.at });
      this.take(SPACE);
    } while (this.take(DOT));
    return parts;
  }

  value(): ConfigNode {
    const start = this.at;
    const text = this.multiLine() ?? this.quoted();
    if (text !== undefined) return { kind: 'text', value: text, start, end: this.at };
    if (this.take(OPEN_LIST)) return this.list(start);
    if (this.take(OPEN_MAP)) return this.inlineTable(start);
    const value = this.take(SCALAR);
    if (value === undefined) this.fail('a value is missing');
    if (!VALID_SCALAR.test(value)) this.fail(`'${value}' is not a value; text is in quotes`, start);
    return { kind: 'other', value, start, end: this.at };
  }

  private list(start: number): ConfigNode {
    const items: ConfigNode[] = [];
    this.inside(() => {
      if (this.take(CLOSE_LIST)) return true;
      items.push(this.value());
      this.skip();
      if (!this.take(COMMA) && this.text[this.at] !== ']') this.fail('a comma is missing');
      return false;
    });
    return { kind: 'list', items, start, end: this.at };
  }

  private inlineTable(start: number): MapNode {
    const members: Member[] = [];
    const ranges: Range[] = [];
    this.inside(() => {
      if (this.take(CLOSE_MAP)) return true;
      const from = this.at;
      const parts = this.keyPath();
      if (!this.take(EQUALS)) this.fail("'=' is missing");
      const value = this.value();
      place({ members, parts, value, whole: { start: from, end: this.at }, commas: true }, this);
      this.skip();
      if (!this.take(COMMA) && this.text[this.at] !== '}') this.fail('a comma is missing');
      return false;
    });
    ranges.push({ start, end: this.at });
    return { kind: 'map', members, ranges };
  }

  private inside(next: () => boolean): void {
    do this.skip();
    while (!next());
  }

  private quoted(): string | undefined {
    const literal = this.take(LITERAL);
    if (literal !== undefined) return literal.slice(1, -1);
    const basic = this.take(BASIC);
    return basic === undefined ? undefined : this.unescaped(basic.slice(1, -1));
  }

  private multiLine(): string | undefined {
    const literal = this.take(LONG_LITERAL);
    if (literal !== undefined) return literal.slice(3, -3).replace(/^\r?\n/, '');
    const basic = this.take(LONG_BASIC);
    if (basic === undefined) return undefined;
    const text = basic.slice(3, -3).replace(/^\r?\n/, '');
    return this.unescaped(text.replace(/(?<!\\)((?:\\\\)*)\\[ \t]*\r?\n\s*/g, '$1'));
  }

  private unescaped(text: string): string {
    return text.replace(
      /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|(.|$))/gs,
      (all, u, long, x, short) => {
        const code = u ?? long ?? x;
        if (code === undefined) return ESCAPES[short] ?? this.fail(`'${all}' is not an escape sequence`);
        const point = Number.parseInt(code, 16);
        return point > 0x10ffff ? this.fail(`'${all}' is not a character`) : String.fromCodePoint(point);
      },
    );
  }
}

interface Placed {
  members: Member[];
  parts: readonly KeyPart[];
  value: ConfigNode;
  whole: Range;
  commas: boolean;
}

/** Puts a value at the place that its key names: each part but the last is a map, made where there is none. */
export function place(placed: Placed, scan: TomlScan, root = placed.members): void {
  const { members, parts, value, whole, commas } = placed;
  const [{ name = '', ...range } = { start: 0, end: 0 }, ...rest] = parts;
  const known = members.find((member) => member.key === name);
  if (rest.length === 0) {
    if (known) scan.fail(`'${name}' is there twice`, range.start);
    members.push({ key: name, keys: [range], value, whole, commas });
    return;
  }
  const made: MapNode = { kind: 'map', members: [], ranges: [] };
  if (known === undefined) scan.dotted.set(made, root);
  const member = known ?? { key: name, keys: [], value: made, whole: undefined, commas };
  if (known === undefined) members.push(member);
  if (member.value.kind !== 'map' || member.whole) scan.fail(`'${name}' is not a table`, range.start);
  // https://toml.io/en/v1.0.0#table: what is defined as a table elsewhere is not added to.
  if (scan.dotted.get(member.value) !== root)
    scan.fail(`'${name}' is a table already, to which a dotted key cannot add`, range.start);
  (member.keys as Range[]).push(range);
  (member.value.ranges as Range[]).push(whole);
  place({ members: member.value.members as Member[], parts: rest, value, whole, commas }, scan, root);
}

const SPACE = /[ \t]*/y;
const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y;
const BARE = /[A-Za-z0-9_-]+/y;
const DOT = /\./y;
const EQUALS = /=[ \t]*/y;
const COMMA = /,/y;
const OPEN_LIST = /\[/y;
const CLOSE_LIST = /\]/y;
const OPEN_MAP = /\{/y;
const CLOSE_MAP = /\}/y;
const LITERAL = /'[^'\r\n]*'/y;
const BASIC = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"/y;
const LONG_LITERAL = /'''(?:(?!''')[\s\S])*'''(?:''?)?/y;
const LONG_BASIC = /"""(?:(?!""")[^\\]|\\[\s\S])*"""(?:""?)?/y;
/** Numbers, dates (a space may part date and time), true and false: none of them is read. */
const SCALAR = /[\w+\-.:]+(?:(?<=^|[^\d]\d{4}-\d\d-\d\d) \d\d:[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?/iy;
/** https://toml.io/en/v1.0.0: integers, floats, booleans, dates and times. */
const VALID_SCALAR =
  /^(?:true|false|[+-]?(?:inf|nan)|0x[\dA-Fa-f]+(?:_[\dA-Fa-f]+)*|0o[0-7]+(?:_[0-7]+)*|0b[01]+(?:_[01]+)*|[+-]?(?:0|[1-9]\d*(?:_\d+)*)(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+(?:_\d+)*)?|\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/;
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};
