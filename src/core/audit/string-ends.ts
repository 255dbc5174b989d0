const BACKSLASH = 0x5c;
const LOWER_U = 0x75;

/** So many bytes are written for one character in most texts, and at most. */
const BYTES_PER_CHARACTER = [2, 6];
/** An escape, or a character of UTF-8, is never longer. */
const LONGEST_ESCAPE = 6;

type Decode = (bytes: Uint8Array) => string;

/**
 * The first characters (UTF-16 code units) of the value of a proved JSON string without escaped surrogates.
 * @param from and `to`: where its inside is in the bytes
 */
export function startOfValue(
  bytes: Uint8Array,
  from: number,
  to: number,
  size: number,
  decode: Decode,
): string {
  let text = '';
  for (const factor of BYTES_PER_CHARACTER) {
    const end = from + size * factor + LONGEST_ESCAPE;
    text = decodedValue(bytes, from, end < to ? characterAt(bytes, from, end) : to, decode);
    if (text.length >= size) break;
  }
  return text.slice(0, size);
}

/** The same of its last characters. */
export function endOfValue(
  bytes: Uint8Array,
  from: number,
  to: number,
  size: number,
  decode: Decode,
): string {
  let text = '';
  for (const factor of BYTES_PER_CHARACTER) {
    const start = to - size * factor;
    text = decodedValue(bytes, start > from ? characterAt(bytes, from, start) : from, to, decode);
    if (text.length >= size) break;
  }
  return text.slice(-size);
}

function decodedValue(bytes: Uint8Array, from: number, to: number, decode: Decode): string {
  return JSON.parse(`"${decode(bytes.subarray(from, to))}"`) as string;
}

/** Where the character that this place is in begins; or the escape. */
function characterAt(bytes: Uint8Array, from: number, place: number): number {
  let at = place;
  while (at > from && isContinuation(bytes[at] as number)) at--;
  for (let back = 1; back < LONGEST_ESCAPE && at - back >= from; back++) {
    const backslash = at - back;
    if (bytes[backslash] !== BACKSLASH) continue;
    const size = bytes[backslash + 1] === LOWER_U ? LONGEST_ESCAPE : 2;
    return back < size && beginsEscape(bytes, from, backslash) ? backslash : at;
  }
  return at;
}

/** Whether a backslash is not the second one of an escape. */
function beginsEscape(bytes: Uint8Array, from: number, backslash: number): boolean {
  let first = backslash;
  while (first > from && bytes[first - 1] === BACKSLASH) first--;
  return (backslash - first) % 2 === 0;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
