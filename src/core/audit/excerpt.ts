import { redactedEnd, redactedStart, redactSecrets, SECRET_CONTEXT } from '../secrets/text/redact-secrets.js';

/** SHA-256 of a text in UTF-8, as hex: it proves what was cut, and can be made with any tool. */
export type TextDigest = (text: string) => string;

/** How far back a cut may move so that it does not leave half of a word. Characters. */
const LONGEST_WORD = 128;
const BETWEEN_WORDS = /[\s"'`,;(){}[\]<>]/;

/**
 * A text without secrets, and of a long one its start and its end, with the length and digest of the whole between them: what
 * matters is not hidden by what comes before it or after it.
 * @param longest characters (UTF-16 code units) that are kept, about
 * @param original what the text was made of, if it is not the whole itself
 */
export function excerptOf(text: string, longest: number, digest?: TextDigest, original = text): string {
  const short = text.length <= longest + 2 * SECRET_CONTEXT;
  const whole = short ? redactSecrets(text) : '';
  if (short && whole.length <= longest) return whole;
  const half = Math.floor(longest / 2);
  // One more than is kept says whether the cut would part a character.
  const start = short ? whole : redactedStart(text, half + 1);
  const end = short ? whole : withoutKeyEnd(redactedEnd(text, half + 1));
  return `${firstOf(start, half)}… (${cutText(original, digest)}) …${lastOf(end, half)}`;
}

/** What is said where something was cut. */
export function cutText(text: string, digest: TextDigest | undefined): string {
  return `${text.length} characters${digest ? `, sha256 ${digest(text)}` : ''}`;
}

const KEY_END = /-----END [^-\r\n]{0,64}-----/;

/** The end of a private key whose beginning is further back. */
function withoutKeyEnd(text: string): string {
  const end = KEY_END.exec(text);
  return end === null ? text : text.slice(end.index + end[0].length);
}

function firstOf(text: string, length: number): string {
  for (let at = length; at > length - LONGEST_WORD; at--)
    if (BETWEEN_WORDS.test(text.charAt(at - 1))) return text.slice(0, at);
  return text.slice(0, isLowSurrogate(text, length) ? length - 1 : length);
}

function lastOf(text: string, length: number): string {
  const start = Math.max(0, text.length - length);
  for (let at = start; at < start + LONGEST_WORD; at++)
    if (BETWEEN_WORDS.test(text.charAt(at))) return text.slice(at);
  return text.slice(isLowSurrogate(text, start) ? start + 1 : start);
}

/** Whether a cut before this character would part an emoji or the like. */
function isLowSurrogate(text: string, at: number): boolean {
  return /[\udc00-\udfff]/.test(text.charAt(at));
}
