import { endOfLongString } from '../../json/bytes/long-string.js';
import { endOfStringByLoop } from '../../json/bytes/plain-string.js';
import { endOfPlainKey, skipBlanks } from '../../json/bytes/plain-value.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** The first that is not ASCII. */
const BEYOND_ASCII = 0x80;

/** What a byte outside of strings does to the depth. */
const DEPTH = new Int8Array(256);
DEPTH[OPEN_ARRAY] = DEPTH[OPEN_OBJECT] = 1;
DEPTH[CLOSE_ARRAY] = DEPTH[CLOSE_OBJECT] = -1;

/** All such ids are safe integers. Digits. */
const LONGEST_NUMBER = 15;
/** Longer ids are rare. Bytes. */
const LONGEST_ID = 256;
/** After so many bytes of a string, a native search for its end is faster than a loop. */
const SHORT = 32;
/** After so many quotes that do not end a string, there are likely many more: then compiled code is faster again. */
const MANY_QUOTES = 8;

/** An answer with a result, by its id. */
export interface FastAnswer {
  id: string | number;
  /** As it is written. ASCII. */
  idText: string;
  /** It has a result. */
  failed: false;
}

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
export const JSONRPC_KEY = bytesOf('"jsonrpc"');
export const JSONRPC_VERSION = bytesOf('"2.0"');
export const ID_KEY = bytesOf('"id"');
export const RESULT_KEY = bytesOf('"result"');

/**
 * Reads the envelope of an answer with nothing but `jsonrpc`, `id` and a `result` that is an object, in any order. Says what
 * `skimEnvelope` says of the line as a byte string, or undefined: then that one has to say what it is. Neither a string nor
 * an object is made for what the result holds.
 * @param line without its line end and without carriage returns; where it is a Buffer, searches are native
 */
export function readFastAnswer(line: Uint8Array): FastAnswer | undefined {
  let idStart = 0;
  let idEnd = 0;
  let hasVersion = false;
  let hasResult = false;
  let at = skipBlanks(line, 0);
  if (line[at] !== OPEN_OBJECT) return undefined;
  do {
    const key = skipBlanks(line, at + 1);
    const isId = startsWith(line, key, ID_KEY);
    const isVersion = !isId && startsWith(line, key, JSONRPC_KEY);
    if (!isId && !isVersion && !startsWith(line, key, RESULT_KEY)) return undefined;
    const colon = skipBlanks(line, key + (isId ? ID_KEY : isVersion ? JSONRPC_KEY : RESULT_KEY).length);
    const value = skipBlanks(line, colon + 1);
    if (line[colon] !== COLON || (isId ? idEnd > 0 : isVersion ? hasVersion : hasResult)) return undefined;
    if (isId) {
      at = endOfId(line, value);
      idStart = value;
      idEnd = at;
    } else if (isVersion) {
      at = startsWith(line, value, JSONRPC_VERSION) ? value + JSONRPC_VERSION.length : -1;
      hasVersion = true;
    } else {
      at = line[value] === OPEN_OBJECT ? endOfObject(line, value) : -1;
      hasResult = true;
    }
    if (at < 0) return undefined;
    at = skipBlanks(line, at);
  } while (line[at] === COMMA);
  const isWhole = line[at] === CLOSE_OBJECT && skipBlanks(line, at + 1) === line.length;
  return isWhole && hasVersion && hasResult && idEnd > 0 ? answerOf(line, idStart, idEnd) : undefined;
}

function answerOf(line: Uint8Array, idStart: number, idEnd: number): FastAnswer {
  const idText = String.fromCharCode(...line.subarray(idStart, idEnd));
  return { id: line[idStart] === QUOTE ? idText.slice(1, -1) : Number(idText), idText, failed: false };
}

/** The end of a safe integer without a sign, or of a string of ASCII without escapes; -1 for all other ids. */
export function endOfId(line: Uint8Array, start: number): number {
  if (line[start] === QUOTE) {
    const end = endOfPlainKey(line, start, Math.min(line.length, start + LONGEST_ID));
    for (let at = start; at < end; at++) if ((line[at] as number) >= BEYOND_ASCII) return -1;
    return end;
  }
  let at = start;
  // Behind the end of the line there is no byte, so no digit.
  for (let byte = line[at] ?? 0; byte >= ZERO && byte <= NINE; byte = line[++at] ?? 0);
  const size = at - start;
  return size === 0 || size > LONGEST_NUMBER || (size > 1 && line[start] === ZERO) ? -1 : at;
}

/** As `skipValue` has it: brackets are counted, of whatever kind. */
function endOfObject(line: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < line.length; ) {
    const byte = line[at] as number;
    if (byte === QUOTE) {
      at = endOfString(line, at);
      if (at < 0) return -1;
      continue;
    }
    at++;
    depth += DEPTH[byte] as number;
    if (depth === 0) return at;
  }
  return -1;
}

/** The end of the string that starts here: the first quote with an even number of backslashes before it, or -1. */
function endOfString(line: Uint8Array, start: number): number {
  const limit = Math.min(start + SHORT, line.length);
  let begin = start + 1;
  while (begin < limit) {
    const byte = line[begin] as number;
    if (byte === QUOTE) return begin + 1;
    begin += byte === BACKSLASH ? 2 : 1;
  }
  let quotes = 0;
  for (let quote = line.indexOf(QUOTE, begin); quote >= 0; quote = line.indexOf(QUOTE, quote + 1)) {
    let first = quote;
    while (first > begin && line[first - 1] === BACKSLASH) first--;
    if ((quote - first) % 2 === 0) return quote + 1;
    if (++quotes !== MANY_QUOTES) continue;
    const end = endOfLongString(line, quote + 1, line.length, endOfStringByLoop);
    // What is no string to it may be one to the slow reader, which looks at nothing but quotes and backslashes.
    if (end > 0) return end;
  }
  return -1;
}

/** Whether these bytes are there. */
export function startsWith(line: Uint8Array, start: number, text: Uint8Array): boolean {
  for (let index = 0; index < text.length; index++) if (line[start + index] !== text[index]) return false;
  return true;
}
