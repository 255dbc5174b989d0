import { endOfLongString } from './long-string.js';

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;

/** After so many bytes of a string, compiled code runs through the rest faster than a loop. */
const SHORT = 64;
/** 1 for each byte that stands for itself in a string, as far as it is UTF-8. */
const PLAIN = new Uint8Array(256).fill(1, SPACE);
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;
/** How many bytes the escape has that this byte begins after a backslash; 0 where it begins none. */
const ESCAPE = new Uint8Array(256);
for (const letter of '"\\/bfnrt') ESCAPE[letter.charCodeAt(0)] = 2;
ESCAPE[LOWER_U] = 6;

/**
 * The end of the JSON string whose opening quote is at `start` (RFC 8259, section 7), or -1 where it is no string or has
 * escaped surrogates, of which only some pairs are read alike.
 */
export function endOfPlainString(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(start + SHORT, end);
  let at = start + 1;
  while (at < limit) {
    const byte = bytes[at] as number;
    if (PLAIN[byte] === 1) at++;
    else if (byte === QUOTE) return at + 1;
    else if (byte !== BACKSLASH) return -1;
    else {
      const size = escapeAt(bytes, at, end);
      if (size === 0) return -1;
      at += size;
    }
  }
  return at < end ? endOfLongString(bytes, at, end, endOfStringByLoop) : -1;
}

/** What `endOfLongString` does, slowly: where WebAssembly is not to be had. */
export function endOfStringByLoop(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; ) {
    const byte = bytes[at] as number;
    if (PLAIN[byte] === 1) at++;
    else if (byte === QUOTE) return at + 1;
    else {
      const size = byte === BACKSLASH ? escapeAt(bytes, at, end) : 0;
      if (size === 0) return -1;
      at += size;
    }
  }
  return -1;
}

/** The size of the escape whose backslash is at `at`, or 0 where it is none, or half of a surrogate pair. */
function escapeAt(bytes: Uint8Array, at: number, end: number): number {
  const size = ESCAPE[bytes[at + 1] as number] as number;
  if (size === 0 || at + size > end) return 0;
  return size === 2 || isPlainUnit(bytes, at + 2) ? size : 0;
}

/** Whether four hexadecimal digits are a code unit that is not half of a pair. */
function isPlainUnit(bytes: Uint8Array, at: number): boolean {
  for (let index = at; index < at + 4; index++) if (!isHexDigit(bytes[index] as number)) return false;
  const isSurrogate = ((bytes[at] as number) | SPACE) === 0x64 && !isBelowEight(bytes[at + 1] as number);
  return !isSurrogate;
}

function isHexDigit(byte: number): boolean {
  const letter = byte | SPACE;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

function isBelowEight(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x37;
}
