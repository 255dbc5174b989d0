import { isFlaw, scanJson } from '../../json/scan.js';
import { envelopeFlaw } from '../envelope.js';
import { skimEnvelope } from '../server-envelope.js';
import { skipValue } from '../skip-value.js';
import { type Framing, type FramingKind, framing } from './framings.js';

export type { Framing } from './framings.js';

/** Longer lines are judged by their beginning. Characters. */
const LONGEST = 1024 * 1024;
/** The beginning of a message, wherever it is. */
const BEGINNING = /\{[ \t\r]*"(?:jsonrpc|id|method|params|result|error)"[ \t\r]*:/;
/** Colours, the movements of a cursor, and the titles of windows (ECMA-48; OSC). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals obey
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)/g;

/**
 * What shows by its beginning. Works on byte strings and on decoded text, where U+FFFD is in the place of bytes that are not
 * UTF-8. In this order: what is made of bytes before what is made of characters.
 */
const BEGINNINGS: readonly (readonly [FramingKind, RegExp])[] = [
  // biome-ignore-start lint/suspicious/noControlCharactersInRegex: bytes that are not text
  ['length', /^(?:.{3}\0|\0.{3})\{[ \t]*"/s],
  ['utf16', /^[^\0]{0,4}\0{0,3}(?:[^\0]\0{3}){2}|^[^\0]{0,2}\0?(?:[^\0]\0){3}/],
  ['separator', /^\x1e/],
  ['compressed', /^(?:\x1f[\x8b\ufffd]|\x78[\x01\x9c\xda\ufffd]|\x28[\xb5\ufffd]\x2f[\xfd\ufffd])/],
  // biome-ignore-end lint/suspicious/noControlCharactersInRegex: bytes that are not text
  ['headers', /^Content-(?:Length|Type)[ \t]*:/i],
  ['http', /^(?:HTTP\/\d|[A-Z]{3,7} \S{1,2000} HTTP\/\d)/],
  ['html', /^\s*<(?:!doctype|!--|\?xml|html|head|body)\b/i],
  ['events', /^(?:data: ?[{[]|data:\s*$|event: ?[\w/.-]+\s*$|(?:id|retry): ?[\w-]+\s*$)/],
  ['string', /^\s*"\s*\{\s*\\"(?:jsonrpc|id|method|params|result|error)\\"/],
];

/** Lines of a JSON text that is spread over several: a lone bracket, a member, an end. */
const PARTS = /^\s*(?:[{[]+\s*$|"(?:[^"\\]|\\.)*"\s*:|[}\]][\s,}\]]*$)/;
/** A message of a dict, a struct or a map: `{'jsonrpc': …`, `{ jsonrpc: …`, `map[jsonrpc:…`,
 * `{"jsonrpc"=>…`, `Request(jsonrpc=…`. */
const PRINTED = /^(?:[\s\w.&]*[{[(].{0,200}?\b|\s*:?)jsonrpc["']?\s*(?:=>|[:=])/s;
// biome-ignore lint/suspicious/noControlCharactersInRegex: bytes that are not text
const BINARY = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

export interface FramingOptions {
  /** False while no line feed has come: then what may be the beginning of a message is one. */
  ended?: boolean;
}

/**
 * How a line was written that is not one message, in words for people; undefined for one that is a message, or blank. Nothing
 * is decided by it: it only explains what is passed over anyway.
 * @param line without its line end; a byte string or decoded text
 */
export function framingOf(line: string, { ended = true }: FramingOptions = {}): Framing | undefined {
  if (/^[\s\0]*$/.test(line)) return undefined;
  if (!line.includes('\r') && isMessage(line)) return ended ? undefined : framing('unendedMessage');
  const text = line.slice(0, LONGEST);
  const byBytes = byBeginning(text) ?? byControls(text) ?? byMessageIn(text.replace(ESCAPES, ''));
  if (byBytes) return !ended && mayGoOn(byBytes, text) ? undefined : byBytes;
  const other = otherJson(text);
  if (ended) return other ?? framing('text');
  if (/^\s*[{[]/.test(text)) return undefined;
  return other ?? framing('unendedText');
}

function mayGoOn({ kind }: Framing, text: string): boolean {
  return kind === 'part' || (kind === 'list' && !text.trimEnd().endsWith(']'));
}

function byBeginning(text: string): Framing | undefined {
  const found = BEGINNINGS.find(([, beginning]) => beginning.test(text));
  return found && framing(found[0]);
}

/** What controls and marks separate. */
function byControls(text: string): Framing | undefined {
  if (text.includes('\0') && text.split('\0').some(isMessage)) return framing('nul');
  if (/^(?:\ufeff|\xef\xbb\xbf){1,9}[ \t]*[{[]/.test(text)) return framing('mark');
  if (text.includes('\r') && text.split('\r').some(isMessage)) return framing('carriageReturn');
  if (text.includes('\r') && isMessage(text)) return framing('carriageReturnInside');
  if (text.includes('\x1b') && isMessage(text.replace(ESCAPES, ''))) return framing('colours');
  return BINARY.test(text) ? framing('binary') : undefined;
}

/** What is around a message, or wrong with it. */
function byMessageIn(text: string): Framing | undefined {
  const start = text.search(BEGINNING);
  if (start < 0)
    return PARTS.test(text) ? framing('part') : PRINTED.test(text) ? framing('printed') : undefined;
  const end = skipValue(text, start);
  const before = text.slice(0, start).trim();
  if (end < 0) return before === '' || before === '[' ? framing('part') : framing('before');
  const message = text.slice(start, end);
  if (!isMessage(message)) return before === '' ? brokenMessage(text) : undefined;
  return framing(around(before, text.slice(end).trim()));
}

function around(before: string, after: string): FramingKind {
  if (/^Content-(?:Length|Type)[ \t]*:/i.test(after)) return 'headers';
  if (before === '[') return 'list';
  if (/^[,;]?\s*[{[]/.test(after)) return 'several';
  if (before !== '') return 'before';
  return /^[,;]$/.test(after) ? 'comma' : 'after';
}

/** An object that has members of a message, and is none. */
function brokenMessage(text: string): Framing {
  const root = scanJson(text, { keep: 1 });
  if (!isFlaw(root)) return framing('envelope', envelopeFlaw(text, root));
  return framing(root.malformed ? 'invalid' : 'envelope', `${root.flaw} at character ${root.at + 1}`);
}

function otherJson(text: string): Framing | undefined {
  if (!/^\s*(?:[{["\d-]|true|false|null)/.test(text)) return undefined;
  return isFlaw(scanJson(text.trim(), { keep: 0 })) ? undefined : framing('envelope');
}

function isMessage(text: string): boolean {
  return skimEnvelope(text).kind !== 'noise';
}
