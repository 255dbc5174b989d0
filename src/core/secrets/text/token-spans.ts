import { looksRandom } from '../names/looks-random.js';
import type { SecretSpan } from './spans.js';
import { mayBegin, tokenEnd } from './token-forms.js';

/** A credential is never shorter. Characters. */
const SHORTEST = 8;
/** What tokens are made of. One may begin at the start of a run of these, and after a joint. */
const JOINTS = '.~+/=:@-';
const OTHERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_%';
const SCHEME =
  /(?:^|[^\w-])(basic|bearer|negotiate|ntlm|token|apikey|splunk|genie-?key|pat|jwt|sso-?key)[ \t]{1,4}$/i;
/** A scheme and the blanks behind it. Characters. */
const LONGEST_SCHEME = 16;

/** Forms that stand between others or have no beginning of their own; each with a text that all of them have. */
const PLACED: readonly (readonly [sign: string, form: RegExp])[] = [
  ['-----BEGIN ', /-----BEGIN [^-\r\n]{0,64}-----[\s\S]*?(?:-----END [^-\r\n]{0,64}-----|$)/g],
  ['Private-Lines:', /(?<=Private-Lines: ?\d+(?:\\r)?(?:\\n|\r?\n))[\s\S]*?(?=Private-MAC|$)/g],
  ['hooks.slack.com/', /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/]+/g],
  ['/api/webhooks/', /(?<=\/api\/webhooks\/\d{1,24}\/)[\w-]{20}[\w-]*/g],
  ['webhook.office.com/', /(?<=webhook\.office\.com\/)[\w@/-]{20}[\w@/-]*/g],
  [':AA', /(?:(?<![\w-])|(?<=\\[nrt]|%[0-9A-Fa-f]{2}))(?:bot)?\d{6,12}:AA[\w-]{30,40}/g],
  ['Q~', /(?:(?<![\w~.-])|(?<=\\[nrt]|%[0-9A-Fa-f]{2}))[\w~.-]{3}\dQ~[\w~.-]{31,34}/g],
  ['.atlasv1.', /(?:(?<![\w-])|(?<=\\[nrt]|%[0-9A-Fa-f]{2}))[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60}[\w-]*/g],
  ['-us', /(?:(?<![\w-])|(?<=\\[nrt]|%[0-9A-Fa-f]{2}))[0-9a-f]{32}-us\d{1,2}(?!\w)/g],
  // Of which the shortest has 59 characters in one run.
  ['.', /(?:(?<![\w-])|(?<=\\[nrt]|%[0-9A-Fa-f]{2}))[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}/g],
  ['://', /(?<=:\/\/)[^\s/?#"'<>\\]{1,512}(?=@)/g],
  // A line of `.netrc`.
  [
    'password',
    /(?<=\b(?:machine(?:\s|\\[nrt]){1,8}\S{1,256}?|default)(?:\s|\\[nrt]){1,16}login(?:\s|\\[nrt]){1,8}\S{1,128}?(?:\s|\\[nrt]){1,16}password(?:\s|\\[nrt]){1,8})[^\s\\"'[][^\s\\"']{0,255}/g,
  ],
  ['@tcp(', /(?<=[\w.-]{1,64}:)[^\s@"'`]{1,128}(?=@(?:tcp|unix)\()/g],
];

/** Tokens of issuers, credentials behind their scheme, private keys, and what is secret by its place in a link. */
export function tokenSpans(text: string): SecretSpan[] {
  if (text.length < SHORTEST) return [];
  if (kinds[0x25] === 0) fillKinds();
  const spans: SecretSpan[] = [];
  const longest = addRuns(text, spans);
  for (const [sign, form] of PLACED) {
    if (!text.includes(sign) || (sign === '.' && longest < SHORTEST_DOTTED)) continue;
    for (const { index, 0: found } of text.matchAll(form))
      spans.push({ start: index, end: index + found.length });
  }
  return spans;
}

/** Of the form that is told by its dots. Characters. */
const SHORTEST_DOTTED = 59;

const IN_RUN = 1;
const JOINT = 3;
/** What each character of ASCII is for a run: by loops over these a text without tokens takes a third of what expressions take. */
const kinds = new Uint8Array(128);

/** Done with the first text, since most starts of the program look at none. */
function fillKinds(): void {
  for (const character of OTHERS) kinds[character.charCodeAt(0)] = IN_RUN;
  for (const character of JOINTS) kinds[character.charCodeAt(0)] = JOINT;
}

/** @returns the length of the longest run, if one is long enough for a token */
function addRuns(text: string, spans: SecretSpan[]): number {
  let longest = 0;
  for (let start = 0; start < text.length; start++) {
    let end = start;
    while (end < text.length && (kinds[text.charCodeAt(end)] ?? 0) !== 0) end++;
    if (end - start >= SHORTEST) {
      longest = Math.max(longest, end - start);
      const behind = behindScheme(text, start, end);
      if (behind !== undefined) spans.push(behind);
      else addTokens(text, start, end, spans);
    }
    start = end;
  }
  return longest;
}

function addTokens(text: string, start: number, end: number, spans: SecretSpan[]): void {
  // In a JSON text that stands in another one, the letter of an escape comes before the token.
  if (text.charCodeAt(start - 1) === 0x5c) addToken(text, start + 1, spans);
  let done = addToken(text, start, spans);
  for (let at = start + 1; at < end; at++) {
    const before = text.charCodeAt(at - 1);
    const isJoint = kinds[before] === JOINT || (at - 3 >= start && isEscape(text, at - 3));
    if (isJoint && at >= done) done = addToken(text, at, spans);
  }
}

/** Whether a `%2F` begins here. */
function isEscape(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x25 && isHex(text.charCodeAt(at + 1)) && isHex(text.charCodeAt(at + 2));
}

function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}

/** Where to go on looking. */
function addToken(text: string, start: number, spans: SecretSpan[]): number {
  if (!mayBegin(text, start)) return start;
  const end = tokenEnd(text, start);
  if (end !== undefined) spans.push({ start, end });
  return end ?? start;
}

/** `Basic dXNlcjpwYXNz`, wherever it stands (RFC 9110 section 11.4). A word is none: `basic authentication`. */
function behindScheme(text: string, start: number, end: number): SecretSpan | undefined {
  const before = text.charCodeAt(start - 1);
  if (before !== 0x20 && before !== 0x09) return undefined;
  const scheme = SCHEME.exec(text.slice(Math.max(0, start - LONGEST_SCHEME), start))?.[1]?.toLowerCase();
  if (scheme === undefined) return undefined;
  const run = text.slice(start, end);
  const isCredential = scheme === 'basic' ? isUserAndPassword(run) : looksRandom(run);
  return isCredential ? { start, end } : undefined;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The colon is looked for in so many digits of base64. */
const MOST_DIGITS = 1_024;

/** RFC 7617: base64 of a text with a colon. */
function isUserAndPassword(run: string): boolean {
  const digits = run.slice(0, MOST_DIGITS).replaceAll('-', '+').replaceAll('_', '/');
  let bits = 0;
  let value = 0;
  let colon = false;
  for (const digit of digits) {
    if (digit === '=') break;
    const six = BASE64.indexOf(digit);
    if (six < 0) return false;
    value = ((value << 6) | six) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (value >> bits) & 0xff;
    if (byte < 0x20 || byte === 0x7f) return false;
    if (byte === 0x3a) colon = true;
  }
  return colon;
}
