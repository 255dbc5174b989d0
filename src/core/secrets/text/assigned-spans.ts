import { looksRandom } from '../names/looks-random.js';
import { isNamedByAnother, isSecretPair } from '../names/pair-names.js';
import { isSecretName, mayBeAWord } from '../names/secret-name.js';
import { flagSpan } from './flag-span.js';
import { kindOfName, maySign, signs } from './kind-of-name.js';
import { markupSpan } from './markup-span.js';
import { type AssignedName, nameBefore, surroundings, wordBefore } from './name-before.js';
import type { SecretSpan } from './spans.js';
import { quotedSpan, spanInLine, valueSpan } from './value-span.js';

/** `=`, `:`, `:=`, `=>` and comparisons, and what Chinese and Japanese texts have in their place. */
const OPERATOR = /:=|=>|={1,3}|:|：|＝/y;
const WHOLE_LINE = /(?:authorization|cookie)$/i;
/** `"tokens": 512` */
const COUNT = /^[ \t]{0,8}\d[\d_.,]{0,20}(?!\w)/;
/** A name and its value stand next to each other. Characters between them. */
const NEAR = 200;

/** One member of a record that names another, or is named by one, and where it is. */
interface Half {
  key: string;
  span: SecretSpan;
}

/** Values of secret names in a text, however it assigns them. Takes one pass, in which each place is looked at a bounded number of times. */
export function assignedSpans(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const pairs = new Pairs(text);
  for (let at = 0; at < text.length; at++) {
    const span = spanAt(text, at, pairs);
    if (span === undefined) continue;
    spans.push(span);
    at = Math.max(at, span.end - 1);
  }
  return spans;
}

function spanAt(text: string, at: number, pairs: Pairs): SecretSpan | undefined {
  switch (text.charCodeAt(at)) {
    case 0x3d:
    case 0x3a:
    case 0xff1a:
    case 0xff1d:
      return assignedAt(text, at, pairs);
    case 0x2d:
      return flagSpan(text, at);
    case 0x3c:
      return markupSpan(text, at);
    case 0x22:
    case 0x27:
      return quotedAfterName(text, at);
    default:
      return undefined;
  }
}

function assignedAt(text: string, at: number, pairs: Pairs): SecretSpan | undefined {
  // Most places are none of a secret: what tells so at once comes first.
  if (/[!<>:=]/.test(text.charAt(at - 1)) || text.startsWith('::', at) || text.startsWith('://', at))
    return undefined;
  const named = nameBefore(text, at);
  if (named === undefined) return undefined;
  const lead = text.charCodeAt(named.start - 1);
  const isParameter = lead === 0x3f || lead === 0x26;
  const kind = kindOfName(named.phrase, named.name);
  if (kind === undefined && !isParameter) return undefined;
  OPERATOR.lastIndex = at;
  const operator = OPERATOR.exec(text)?.[0] ?? '';
  // The end of a quoted text, such as base64 (`…Pw=="`) or a prompt (`"password: "`).
  if (/^[ \t]{0,8}["'`](?:[\s,;)\]}]|$)/.test(text.slice(at + operator.length, at + operator.length + 12)))
    return undefined;
  const end = at + operator.length;
  const { name } = named;
  if (isParameter && operator === '=') {
    const parameter = parameterSpan(text, end, name);
    if (parameter !== undefined) return parameter;
  }
  if (kind === undefined) return undefined;
  if (kind === 'secret') return secretSpan(text, named, operator, end);
  const plain = { ...IN_A_LINE, start: named.start };
  if (kind === 'signing') return ifRandom(text, valueSpan(text, end, plain));
  return pairs.at(name, end, {
    inLine: () => spanInLine(text, end, plain),
    whole: () => valueSpan(text, end, plain),
  });
}

/** A value that ends with its word. */
const IN_A_LINE = { atLineStart: false, within: undefined, spaced: false, wholeLine: false, mayBeWord: true };

function secretSpan(
  text: string,
  named: AssignedName,
  operator: string,
  end: number,
): SecretSpan | undefined {
  const isCount = COUNT.test(text.slice(end, end + 32)) && !isSecretName(named.phrase, 0);
  if (isCount || isWorkingDirectory(text, named, end)) return undefined;
  const spaced = operator !== '=' || /[ \t]/.test(text.charAt(end - 2) + text.charAt(end));
  const wholeLine = WHOLE_LINE.test(named.name);
  const mayBeWord = mayBeAWord(named.phrase);
  return valueSpan(text, end, {
    ...surroundings(text, named),
    start: named.start,
    spaced,
    wholeLine,
    mayBeWord,
  });
}

/** The value of a parameter of a link. */
function parameterSpan(text: string, start: number, name: string): SecretSpan | undefined {
  const isSure = signs(name) || isSecretName(name);
  if (!isSure && !maySign(name)) return undefined;
  const length = /^[^\s&#"'`<>\\]{0,4096}/.exec(text.slice(start, start + 4_096))?.[0].length ?? 0;
  const span = { start, end: start + length };
  if (/^(?:\$|%7B|\{|\[redacted)/.test(text.slice(start, span.end))) return undefined;
  return isSure && length > 0 ? span : ifRandom(text, span);
}

function ifRandom(text: string, span: SecretSpan | undefined): SecretSpan | undefined {
  if (span === undefined || span.end - span.start < 16) return undefined;
  return looksRandom(text.slice(span.start, span.end)) ? span : undefined;
}

/** `PWD=/home/me` of a shell. */
function isWorkingDirectory(text: string, { name }: AssignedName, end: number): boolean {
  return /^(?:OLD)?PWD$/.test(name) && /^["']?(?:[/~]|[A-Za-z]:\\)/.test(text.slice(end, end + 4));
}

/** Characters: what is longer is no password of SQL and no argument of a function. */
const LONGEST_AFTER_NAME = 256;

/** What is in quotes after the name of a secret and a blank or bracket: SQL, `with password 'x'`, and functions, `Secret("x")`. */
function quotedAfterName(text: string, at: number): SecretSpan | undefined {
  const name = wordBefore(text, at);
  if (name === undefined || !((mayBeAWord(name) && isSecretName(name)) || isIdentifiedBy(text, name, at)))
    return undefined;
  const span = quotedSpan(text, at, LONGEST_AFTER_NAME + 2);
  const value = span && text.slice(span.start, span.end);
  return value === undefined || /^\s|[\r\n]/.test(value) || value.length > LONGEST_AFTER_NAME
    ? undefined
    : span;
}

/** `IDENTIFIED WITH plugin BY 'x'` of SQL. */
function isIdentifiedBy(text: string, name: string, at: number): boolean {
  return (
    /^(?:by|as)$/i.test(name) &&
    /\bidentified\b[\w ]{0,40}$/i.test(text.slice(Math.max(0, at - 80), at).replace(/[\s(\\]+$/, ''))
  );
}

/** Members that name each other, in either order: `- name: DB_PASSWORD` and `value: x`, `key="ApiKey" value="x"`. */
class Pairs {
  #name: Half | undefined;
  #value: Half | undefined;
  #last: SecretSpan | undefined;

  constructor(private readonly text: string) {}

  /**
   * @param place where the value begins
   * @param find finds the value that is assigned to the key: of a secret, also what is on later lines
   */
  at(
    key: string,
    place: number,
    find: { inLine(): SecretSpan | undefined; whole(): SecretSpan | undefined },
  ): SecretSpan | undefined {
    if (isNamedByAnother(key)) {
      const name = this.#name;
      if (name && this.#isNear(name.span.end, place) && this.#isSecret(name, key)) return find.whole();
      const span = this.#inLine(place, find);
      this.#value = span && { key, span };
      return undefined;
    }
    const span = this.#inLine(place, find);
    if (span === undefined) return undefined;
    const name = { key, span };
    const before = this.#name;
    const isStill = before && this.#isNear(before.span.end, span.start) && this.#isSecret(before, 'value');
    if (!isStill) this.#name = name;
    const value = this.#value;
    return value && this.#isNear(value.span.end, span.start) && this.#isSecret(name, value.key)
      ? value.span
      : undefined;
  }

  /** Within a value that was found the line is not read again: `name:name:name:` would be, from each of them. */
  #inLine(place: number, find: { inLine(): SecretSpan | undefined }): SecretSpan | undefined {
    const last = this.#last;
    if (last !== undefined && place > last.start && place < last.end) return { start: place, end: last.end };
    this.#last = find.inLine();
    return this.#last;
  }

  /** Whether both are of one record. */
  #isNear(from: number, to: number): boolean {
    if (to - from > NEAR) return false;
    return !/[}>]|\n[ \t]*\r?\n|\n[ \t]*- /.test(this.text.slice(from, to));
  }

  #isSecret({ key, span }: Half, valueKey: string): boolean {
    return isSecretPair(key, this.text.slice(span.start, Math.min(span.end, span.start + 128)), valueKey);
  }
}
