import { endOfPlainString } from './plain-string.js';
import { addKey, clearKeys, closeObject, openObject } from './sibling-key-table.js';

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const LOWER_E = 0x65;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Deeper nesting is left to the reader of texts, which knows where it ends. */
const MOST_DEPTH = 64;

/**
 * The end of the JSON value that starts here, where it certainly has one reading; -1 where it has not, or is not plain: keys with
 * escapes, escaped surrogates, objects of very many keys, deep nesting. `scanJson` says what those are. The bytes must be UTF-8.
 */
export function endOfPlainValue(bytes: Uint8Array, start: number, end: number): number {
  clearKeys();
  return endOfValue(bytes, start, end, 0);
}

/** The first place from here on that is no space or tab. */
export function skipBlanks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === SPACE || bytes[at] === TAB) at++;
  return at;
}

function endOfValue(bytes: Uint8Array, start: number, end: number, depth: number): number {
  switch (bytes[start]) {
    case QUOTE:
      return endOfPlainString(bytes, start, end);
    case OPEN_OBJECT:
      return depth === MOST_DEPTH ? -1 : endOfObject(bytes, start, end, depth + 1);
    case OPEN_ARRAY:
      return depth === MOST_DEPTH ? -1 : endOfArray(bytes, start, end, depth + 1);
    case LOWER_T:
      return isWord(bytes, start, 0x72, 0x75, LOWER_E) ? start + 4 : -1;
    case LOWER_N:
      return isWord(bytes, start, 0x75, 0x6c, 0x6c) ? start + 4 : -1;
    case LOWER_F:
      return isWord(bytes, start + 1, 0x6c, 0x73, LOWER_E) && bytes[start + 1] === 0x61 ? start + 5 : -1;
    default:
      return endOfNumber(bytes, start);
  }
}

function endOfObject(bytes: Uint8Array, start: number, end: number, depth: number): number {
  const object = openObject();
  let at = skipBlanks(bytes, start + 1);
  if (bytes[at] === CLOSE_OBJECT) return at + 1;
  for (;;) {
    const keyEnd = endOfPlainKey(bytes, at, end);
    if (keyEnd < 0 || !addKey(bytes, object, at + 1, keyEnd - 1)) return -1;
    at = skipBlanks(bytes, keyEnd);
    if (bytes[at] !== COLON) return -1;
    at = endOfValue(bytes, skipBlanks(bytes, at + 1), end, depth);
    if (at < 0) return -1;
    at = skipBlanks(bytes, at);
    if (bytes[at] === CLOSE_OBJECT) break;
    if (bytes[at] !== COMMA) return -1;
    at = skipBlanks(bytes, at + 1);
  }
  closeObject(object);
  return at + 1;
}

function endOfArray(bytes: Uint8Array, start: number, end: number, depth: number): number {
  let at = skipBlanks(bytes, start + 1);
  if (bytes[at] === CLOSE_ARRAY) return at + 1;
  for (;;) {
    at = endOfValue(bytes, at, end, depth);
    if (at < 0) return -1;
    at = skipBlanks(bytes, at);
    if (bytes[at] === CLOSE_ARRAY) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipBlanks(bytes, at + 1);
  }
}

/** The end of a string without escapes, whose bytes are its value; -1 for any other. */
export function endOfPlainKey(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== QUOTE) return -1;
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at + 1;
    if (byte < SPACE || byte === BACKSLASH) return -1;
  }
  return -1;
}

function isWord(bytes: Uint8Array, start: number, second: number, third: number, fourth: number): boolean {
  return bytes[start + 1] === second && bytes[start + 2] === third && bytes[start + 3] === fourth;
}

/** RFC 8259, section 6. */
function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  at = bytes[at] === ZERO ? at + 1 : endOfDigits(bytes, at);
  if (at > 0 && bytes[at] === DOT) at = endOfDigits(bytes, at + 1);
  if (at < 0 || (bytes[at] !== LOWER_E && bytes[at] !== UPPER_E)) return at;
  const sign = bytes[at + 1];
  return endOfDigits(bytes, sign === PLUS || sign === MINUS ? at + 2 : at + 1);
}

/** The end of one or more digits, or -1. */
function endOfDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at])) at++;
  return at === start ? -1 : at;
}

/** Behind the end there is no byte. */
function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}
