import { blockSpan } from './block-span.js';
import type { Surroundings } from './name-before.js';
import type { SecretSpan } from './spans.js';

/** Where a value begins and how it is assigned. */
export interface Assignment extends Surroundings {
  /** Where the name begins. */
  start: number;
  /** What assigns has blanks around it or is a colon: the value may have several words. */
  spaced: boolean;
  /** A header field that is secret to the end of its line: RFC 9110 section 11.6.2, RFC 6265 section 4. */
  wholeLine: boolean;
  /** Whether an ordinary word may be the value; else words are prose: `session: how many there are`. */
  mayBeWord: boolean;
}

/** The value that begins here, without its quotes; undefined where there is none, or where it only names a secret. */
export function valueSpan(text: string, at: number, assignment: Assignment): SecretSpan | undefined {
  const start = skipBlanks(text, at);
  const block = blockSpan(text, start, assignment.start);
  return block ?? spanInLine(text, start, assignment);
}

/** The same where the value is on the line of its name. */
export function spanInLine(text: string, at: number, assignment: Assignment): SecretSpan | undefined {
  const start = skipBlanks(text, at);
  const quoted = quotedSpan(text, start) ?? listSpan(text, start);
  if (quoted !== undefined) return isReference(text.slice(quoted.start, quoted.end)) ? undefined : quoted;
  if (text.charCodeAt(start) === 0x7b && text.charCodeAt(start + 1) !== 0x7b) return undefined;
  const called = calledWith(text, start);
  if (called !== 'no call') return called;
  const lead = text.slice(start, start + LONGEST_LEAD);
  if (
    (assignment.spaced && PROSE.test(lead)) ||
    (!assignment.mayBeWord && !assignment.wholeLine && PLAIN_WORDS.test(lead))
  )
    return undefined;
  const end = endOfPlain(text, start, assignment);
  return end <= start || isReference(text.slice(start, end)) ? undefined : { start, end };
}

/** Characters of a value in which prose is recognised. */
const LONGEST_LEAD = 32;
/** A word of letters, and another one after it. */
const PLAIN_WORDS = /^[a-z]{1,20}[,;.]?[ \t]+(?:[a-z]{2,}|a|I)\b/i;

/** `["…", "…"]`, of any number of secrets; what is in an object has names of its own. */
function listSpan(text: string, start: number): SecretSpan | undefined {
  if (text.charCodeAt(start) !== 0x5b) return undefined;
  const content = /^[^\]{}\r\n]{0,1024}(?=\])/.exec(text.slice(start + 1, start + 1_026))?.[0] ?? '';
  return content.trim() === '' ? undefined : { start: start + 1, end: start + 1 + content.length };
}

/** Letters that languages write before a quote: `r"…"`, `b'…'`, `@"…"`, `$'…'`. */
const OPENING = /[A-Za-z$@]{0,2}#{0,2}(\\*)("""|'''|["'`])/y;

/**
 * What is in quotes that begin here, which may be escaped themselves; it ends with its line where they are never closed.
 * @param longest characters in which the closing quote and the end of the line are looked for
 */
export function quotedSpan(text: string, at: number, longest = LONGEST_QUOTED): SecretSpan | undefined {
  OPENING.lastIndex = at;
  const opening = OPENING.exec(text);
  if (opening === null) return undefined;
  const [{ length }, slashes = '', quote = '"'] = opening;
  const start = at + length;
  return {
    start,
    end: closingQuote(text, start, slashes.length, quote, longest) ?? endOfLine(text, start, longest),
  };
}

/** How far a closing quote is looked for: a value is not longer, so a quote that is never closed costs no more. Characters. */
const LONGEST_QUOTED = 65_536;

/** Of `\"`, `\\\"` is an escaped quote and `\\\\\"` a closing one after a backslash: each level doubles what the one before has. */
function closingQuote(
  text: string,
  from: number,
  slashes: number,
  quote: string,
  longest: number,
): number | undefined {
  const level = 2 * (slashes + 1);
  for (let at = text.indexOf(quote, from); at >= 0 && at - from < longest; at = text.indexOf(quote, at + 1)) {
    let before = 0;
    while (at - before > from && text.charCodeAt(at - 1 - before) === 0x5c) before++;
    if (before % level !== slashes && !(quote === '`' && slashes === 0)) continue;
    // SQL and CSV write a quote within as two.
    if (slashes === 0 && at > from && quote.length === 1 && text.charAt(at + 1) === quote) at++;
    else return at - slashes;
  }
  return undefined;
}

const CALL = /(?:new[ \t]+)?[\w.$:]{1,64}!?\([ \t]*/y;
/** Functions that find a secret rather than being given one. */
const LOOKS_UP = /env|get|read|load|fetch|lookup|config|require|prompt|input|ask/i;

/** `Secret("x")` is given a secret, `getPassword()` is a word of a program. */
function calledWith(text: string, start: number): SecretSpan | undefined | 'no call' {
  CALL.lastIndex = start;
  const call = CALL.exec(text)?.[0];
  if (call === undefined) return 'no call';
  return LOOKS_UP.test(call) ? undefined : quotedSpan(text, start + call.length);
}

/** A link, a header and a connection string go on with the next field after these. */
const NEXT_FIELD = /[&;][\w.-]{1,64}=/y;
/** What ends a plain value within a line of a shell or of a program. */
const NEXT_COMMAND = /(?:;|&&|\|\|?)[ \t]/y;
const CLOSES = /["'`][ \t]*(?:[,;)\]}>]|$|\r?\n)|["'`][ \t]/y;
const LONGEST_PLAIN = 4_096;

function endOfPlain(
  text: string,
  start: number,
  { within, atLineStart, spaced, wholeLine }: Assignment,
): number {
  const words = wholeLine || (atLineStart && spaced);
  const limit = Math.min(text.length, start + LONGEST_PLAIN);
  let at = start;
  for (; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) break;
    if ((code === 0x20 || code === 0x09) && !words) break;
    if (code === 0x5c && isEscapedLineEnd(text, at)) break;
    if (within !== undefined && text.startsWith(within, at)) break;
    if (within === undefined && isQuoteCode(code) && !wholeLine && matches(CLOSES, text, at)) break;
    if (wholeLine) continue;
    if ((code === 0x26 || code === 0x3b) && matches(NEXT_FIELD, text, at)) break;
    if ((code === 0x3b || code === 0x26 || code === 0x7c) && matches(NEXT_COMMAND, text, at)) break;
  }
  const value = text.slice(start, at);
  return start + (words ? value.trimEnd() : value.replace(/[,)\]}>]{1,8}$/, '')).length;
}

function isQuoteCode(code: number): boolean {
  return code === 0x22 || code === 0x27 || code === 0x60;
}

/** In a JSON text within another one a line ends with two characters. A backslash before any other `n` belongs to the value. */
const ESCAPED_END = /\\{1,64}[nr](?=\\|["'`]|[-#]|[ \t]|[A-Za-z_][\w.-]{0,63}[ \t]{0,8}[:=]|$)/y;

function isEscapedLineEnd(text: string, at: number): boolean {
  return matches(ESCAPED_END, text, at);
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Characters. */
const LONGEST_REFERENCE = 160;
/** What says where a secret is, or that there is none: it is shown. */
const REFERENCE =
  /^(?:\$\{[^}]{1,128}\}|\$\{\{[^}]{1,128}\}\}|\{\{[^}]{1,128}\}\}|\$[A-Z_][A-Z0-9_]+|%[A-Z_][A-Z0-9_]*%|\$\([\w .-]{1,64}\)|process\.env\.\w+|import\.meta\.env\.\w+|os\.environ\S*|ENV\[\S*|<[\w -]{1,64}>|\*{3,}|\[redacted\]|null|none|nil|undefined|true|false|string|str|number|int|integer|bool|boolean|object|any|unknown|void|optional|required|redacted|\.{3}|[\^~]?\d+\.\d+\.\d+(?:-[\w.]{1,32})?)[,;]?$/i;
/** How prose goes on after a name and a colon. */
const PROSE =
  /^(?:must|should|shall|is|are|was|were|may|can|cannot|will|has|have|optional|required|see|defaults?|used|the|an?|for|to|if|your|this) [a-z]/i;

function isReference(value: string): boolean {
  if (value.length > LONGEST_REFERENCE) return false;
  return REFERENCE.test(value.replace(/[,;:)\]}>]{1,4}$/, '')) || REFERENCE.test(value);
}

function skipBlanks(text: string, at: number): number {
  let start = at;
  while (text.charCodeAt(start) === 0x20 || text.charCodeAt(start) === 0x09) start++;
  return start;
}

function endOfLine(text: string, from: number, longest: number): number {
  const end = text.slice(from, from + longest).search(/[\r\n]/);
  return end < 0 ? Math.min(text.length, from + longest) : from + end;
}
