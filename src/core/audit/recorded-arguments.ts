import { type JsonValue, readValue, writeValue } from '../json/value.js';
import { isSurelyHarmless } from '../secrets/bytes/harmless-arguments.js';
import { redact } from '../secrets/redact.js';
import { withShortStrings } from './condense.js';
import { BytesWithShortStrings, type ByteTools } from './condense-bytes.js';
import { cutText, excerptOf, type TextDigest } from './excerpt.js';

/** What is written down of the arguments of one call is never longer. Characters of JSON. */
const LONGEST_RECORD = 65_536;
/** A shorter text is not measured again: taking secrets out makes a text a few times as long at the most. */
const SURELY_SHORT = 16_384;
/** What is still longer with its strings cut has so many members that to read them would cost more than the call. Characters. */
const LONGEST_READ = 1_048_576;

/** A string that was cut, with what is said of the rest of it. Bytes, about: a longer one is looked at as any other. */
const LONGEST_EXCERPT = 1_500;

/** How much is kept of each string, of each list and object, and how many levels of them. */
interface Detail {
  text: number;
  entries: number;
  levels: number;
}

const WHOLE: Detail = { text: 1_000, entries: Number.POSITIVE_INFINITY, levels: Number.POSITIVE_INFINITY };
/** Tried one after the other until the whole is short enough; the last one always is. */
const DETAILS: readonly Detail[] = [
  WHOLE,
  { text: 400, entries: 1_000, levels: 32 },
  { text: 250, entries: 150, levels: 16 },
  { text: 200, entries: 30, levels: 8 },
  { text: 200, entries: 4, levels: 3 },
];

/**
 * Arguments as the log has them: without secrets, and with long strings cut in their middle. Where that is still too much,
 * strings are cut shorter, and of long lists and objects the middle is left out. Every cut says how much and what it was.
 * @param text JSON that has been proved
 */
export function recordedArguments(text: string, digest: TextDigest): JsonValue {
  const given = {
    exceeds: (length: number) => text.length > length,
    text: () => text,
    condensed: (longest: number) => condense(text, longest, digest),
  };
  return recordedOf(given, digest);
}

/** The same of the bytes of such a text, without making one of what is cut. */
export function recordedBytes(bytes: Uint8Array, tools: ByteTools, digest: TextDigest): JsonValue {
  let decoded: string | undefined;
  const text = () => {
    decoded ??= tools.decode(bytes);
    return decoded;
  };
  const cut = new BytesWithShortStrings(bytes, tools);
  const given = {
    exceeds: (length: number) => hasMoreCharacters(bytes, length),
    text,
    condensed: (longest: number) => cut.condensed(longest) ?? condense(text(), longest, digest),
    isHarmless: (condensed: string) => {
      if (condensed.length > SURELY_SHORT) return false;
      const encoded = tools.encode(condensed);
      return isSurelyHarmless(encoded, 0, encoded.length, LONGEST_EXCERPT);
    },
  };
  return recordedOf(given, digest);
}

/** Arguments, of which a text is made only where it is needed. */
interface Given {
  /** Whether they are longer. Characters. */
  exceeds(length: number): boolean;
  text(): string;
  /** With their long strings cut. @param longest characters of a string that are kept */
  condensed(longest: number): string;
  /** Whether there is surely no secret in what is condensed; false says nothing. */
  isHarmless?(condensed: string): boolean;
}

function recordedOf(given: Given, digest: TextDigest): JsonValue {
  let condensed = '';
  // Each attempt looks for secrets in all that it keeps, which takes long for megabytes of short strings.
  const attempts = given.exceeds(LONGEST_READ) ? [WHOLE, ...DETAILS.slice(-1)] : DETAILS;
  for (const detail of attempts) {
    condensed = given.condensed(detail.text);
    if (condensed.length > LONGEST_READ) continue;
    const kept = readValue(condensed);
    const value = limit(given.isHarmless?.(condensed) ? kept : redact(kept), detail, digest);
    if (condensed.length <= SURELY_SHORT || writeValue(value).length <= LONGEST_RECORD) return value;
  }
  return excerptOf(condensed, WHOLE.text, digest, given.text());
}

/** Whether a text is longer than this in UTF-16 code units: each of them is one to three bytes. */
function hasMoreCharacters(bytes: Uint8Array, length: number): boolean {
  if (bytes.length <= length || bytes.length > 3 * length) return bytes.length > length;
  let units = 0;
  // What begins a character of four bytes counts twice, what goes on with one does not.
  for (const byte of bytes) units += (byte & 0xc0) === 0x80 ? 0 : byte < 0xf0 ? 1 : 2;
  return units > length;
}

/** Arguments with their long strings cut: as JSON, to be compared with others. Undefined when they are still too long. */
export function condensedArguments(text: string, digest: TextDigest): string | undefined {
  const condensed = condense(text, WHOLE.text, digest);
  return condensed.length <= LONGEST_RECORD ? condensed : undefined;
}

/** Keys are strings too. */
function condense(text: string, longest: number, digest: TextDigest): string {
  if (text.length <= longest) return text;
  return withShortStrings(text, longest, (written) =>
    JSON.stringify(excerptOf(JSON.parse(written) as string, longest, digest)),
  );
}

function limit(value: JsonValue, detail: Detail, digest: TextDigest): JsonValue {
  if (detail.entries === Number.POSITIVE_INFINITY) return value;
  const isList = Array.isArray(value);
  if (!isList && !(value instanceof Map)) return value;
  if (detail.levels === 0) return `… (${cutText(writeValue(value), digest)}) …`;
  const inner = { ...detail, levels: detail.levels - 1 };
  const size = isList ? value.length : value.size;
  if (isList) {
    const kept = (each: JsonValue) => limit(each, inner, digest);
    if (size <= detail.entries) return value.map(kept);
    const [first, last] = ends(value, detail.entries);
    return [...first.map(kept), leftOut('elements', size, value, detail, digest), ...last.map(kept)];
  }
  const kept = ([key, each]: [string, JsonValue]): [string, JsonValue] => [key, limit(each, inner, digest)];
  if (size <= detail.entries) return new Map([...value].map(kept));
  const [first, last] = ends([...value], detail.entries);
  const gap: [string, JsonValue] = [leftOut('members', size, value, detail, digest), null];
  return new Map([...first.map(kept), gap, ...last.map(kept)]);
}

function ends<T>(entries: readonly T[], kept: number): [T[], T[]] {
  return [entries.slice(0, kept / 2), entries.slice(-kept / 2)];
}

function leftOut(
  what: string,
  size: number,
  whole: JsonValue,
  { entries }: Detail,
  digest: TextDigest,
): string {
  return `… (${size - entries} of ${size} ${what} left out; ${cutText(writeValue(whole), digest)}) …`;
}
