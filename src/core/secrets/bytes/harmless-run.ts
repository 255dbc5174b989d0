import { tokenBeginnings } from '../text/token-forms.js';
import { CLASSES, HEX_DIGITS, LETTER } from './byte-classes.js';
import { beginsWith, bytesOf, endsWith, endsWithWord } from './byte-words.js';

const PASSWORD = bytesOf('password');
const BEGIN = bytesOf('-----BEGIN');
const WEBHOOKS = ['hooks.slack.com/', '/api/webhooks/', 'webhook.office.com/'].map(bytesOf);
const SCHEMES = 'basic bearer negotiate ntlm token apikey splunk geniekey genie-key pat jwt ssokey sso-key'
  .split(' ')
  .map(bytesOf);
/** 1 for the two letters that a scheme ends with, of any case: of nearly no other word. */
const ENDS_SCHEME = new Uint8Array(1_024);
for (const scheme of SCHEMES) ENDS_SCHEME[pairOf(scheme.at(-2) as number, scheme.at(-1) as number)] = 1;

function pairOf(first: number, second: number): number {
  return ((first & 0x1f) << 5) | (second & 0x1f);
}

/** How a token begins, and how long it is at the least. Bytes. */
interface Beginning {
  bytes: Uint8Array;
  least: number;
}

/** Shorter than a token with its beginning, in every form. Bytes. */
const SHORTEST = 9;
/** Of the form that is told by its dots, and of its first two parts. Bytes. */
const DOTTED = { least: 59, first: 24, most: 28, second: 7 };
/** Of the form that ends with `-us1`, before that. Bytes. */
const BEFORE_US = 32;

/** A bit for each pair of characters that a form begins with, and the forms. Made for the first text. */
let pairs: Uint8Array | undefined;
const beginnings = new Map<number, Beginning[]>();

/**
 * Whether there is surely no token in a run of eight characters or more that tokens are made of, nor a credential behind its scheme.
 * What `tokenSpans` looks for, and in what places, stands there.
 * @param wordEnd where the last character before the run ends that is no blank
 * @param hasJoint whether anything in it is no letter, digit or `_`
 */
export function isHarmlessRun(
  bytes: Uint8Array,
  start: number,
  end: number,
  wordEnd: number,
  hasJoint: boolean,
): boolean {
  if (wordEnd < start && isScheme(bytes, wordEnd)) return false;
  if (bytes[end - 1] === 0x64 && endsWith(bytes, end, PASSWORD)) return false;
  // The letter of an escape in a text within this one.
  if (bytes[start - 1] === 0x5c && mayBeToken(bytes, start + 1, end)) return false;
  if (mayBeToken(bytes, start, end)) return false;
  return !hasJoint || isHarmlessBehindJoints(bytes, start, end);
}

function isHarmlessBehindJoints(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at++) {
    const before = bytes[at - 1] as number;
    if (CLASSES[before] !== LETTER) {
      if (isMarked(bytes, start, end, at, before) || mayBeToken(bytes, at, end)) return false;
    } else if (at - 3 >= start && bytes[at - 3] === 0x25 && isEscape(bytes, at - 3))
      if (mayBeToken(bytes, at, end)) return false;
  }
  return true;
}

/** Whether a `%2F` is here. */
function isEscape(bytes: Uint8Array, at: number): boolean {
  return HEX_DIGITS[bytes[at + 1] as number] === 1 && HEX_DIGITS[bytes[at + 2] as number] === 1;
}

/** Whether a word that ends here may be the scheme of a credential. */
function isScheme(bytes: Uint8Array, end: number): boolean {
  if (ENDS_SCHEME[pairOf(bytes[end - 2] as number, bytes[end - 1] as number)] === 0) return false;
  for (const scheme of SCHEMES) if (endsWithWord(bytes, end, scheme)) return true;
  return false;
}

/** Whether a form that has its sign within it may be around this place, which is behind a joint. */
function isMarked(bytes: Uint8Array, start: number, end: number, at: number, joint: number): boolean {
  const byte = bytes[at];
  switch (joint) {
    case 0x2d:
      if (byte === 0x42) return beginsWith(bytes, at - 5, BEGIN);
      return byte === 0x75 && bytes[at + 1] === 0x73 && at - start > BEFORE_US;
    case 0x2f:
      return (bytes[at - 2] === 0x6d || bytes[at - 2] === 0x73) && isWebhook(bytes, at);
    case 0x3a:
      return byte === 0x41 && bytes[at + 1] === 0x41;
    case 0x7e:
      return bytes[at - 2] === 0x51;
    default:
      return joint === 0x2e && end - at > 60 && byte === 0x61 && bytes[at + 1] === 0x74;
  }
}

function isWebhook(bytes: Uint8Array, end: number): boolean {
  return WEBHOOKS.some((sign) => endsWith(bytes, end, sign));
}

/** Whether a token of any form may begin here. */
function mayBeToken(bytes: Uint8Array, at: number, end: number): boolean {
  const length = end - at;
  if (length < SHORTEST) return false;
  const first = bytes[at] as number;
  const pair = (first << 7) | (bytes[at + 1] as number);
  pairs ??= indexed();
  if (((pairs[pair >> 3] as number) & (1 << (pair & 7))) !== 0)
    for (const { bytes: beginning, least } of beginnings.get(pair) ?? [])
      if (length >= least && beginsWith(bytes, at, beginning)) return true;
  return length >= DOTTED.least && first >= 0x4d && first <= 0x4f && isDotted(bytes, at);
}

/** `M….….…` */
function isDotted(bytes: Uint8Array, start: number): boolean {
  for (let at = start + DOTTED.first; at <= start + DOTTED.most; at++)
    if (bytes[at] === 0x2e && bytes[at + DOTTED.second] === 0x2e) return true;
  return false;
}

function indexed(): Uint8Array {
  const bits = new Uint8Array(2_048);
  for (const [beginning, least] of tokenBeginnings()) {
    const bytes = bytesOf(beginning);
    const pair = ((bytes[0] as number) << 7) | (bytes[1] as number);
    bits[pair >> 3] = (bits[pair >> 3] as number) | (1 << (pair & 7));
    const alike = beginnings.get(pair) ?? [];
    beginnings.set(pair, alike);
    alike.push({ bytes, least: bytes.length + least });
  }
  return bits;
}
