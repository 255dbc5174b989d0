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
  if (text.length > shortText(longest)) {
    const seen = seenOfEnd(longest);
    const whole = cutText(original, digest);
    return excerptOfEnds({ start: text.slice(0, seen), end: text.slice(-seen), whole }, longest);
  }
  const short = redactSecrets(text);
  return short.length <= longest ? short : between(short, cutText(original, digest), short, longest);
}

/** So long is a text at most that is looked at as a whole. Characters. */
export function shortText(longest: number): number {
  return longest + 2 * SECRET_CONTEXT;
}

/** So much of either end of a longer text decides what is shown of it. Characters. */
export function seenOfEnd(longest: number): number {
  // One more than is kept says whether the cut would part a character.
  return Math.floor(longest / 2) + 1 + SECRET_CONTEXT;
}

/**
 * What `excerptOf` gives for a longer text than it looks at as a whole.
 * @param start and `end`: `seenOfEnd` characters of it
 * @param whole what `cutText` says of it
 * @param isHarmless whether there is surely no secret in a text; false says nothing
 */
export function excerptOfEnds(
  { start, end, whole }: { start: string; end: string; whole: string },
  longest: number,
  isHarmless: (text: string) => boolean = () => false,
): string {
  const kept = Math.floor(longest / 2) + 1;
  const first = isHarmless(start) ? start.slice(0, kept) : redactedStart(start, kept);
  const last = isHarmless(end) ? end.slice(-kept) : redactedEnd(end, kept);
  return between(first, whole, withoutKeyEnd(last), longest);
}

function between(start: string, whole: string, end: string, longest: number): string {
  const half = Math.floor(longest / 2);
  return `${firstOf(start, half)}… (${whole}) …${lastOf(end, half)}`;
}

/** What is said where something was cut. */
export function cutText(text: string, digest: TextDigest | undefined): string {
  return cutTextOf(text.length, digest?.(text));
}

/** @param length characters (UTF-16 code units) */
export function cutTextOf(length: number, sha256: string | undefined): string {
  return `${length} characters${sha256 === undefined ? '' : `, sha256 ${sha256}`}`;
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
  // Without a secret the text may be shorter than was asked for, and end where it was cut.
  const first = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(first) ? first.slice(0, -1) : first;
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
