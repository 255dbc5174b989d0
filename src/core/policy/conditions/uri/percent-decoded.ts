/**
 * A text with its percent-encodings undone once: as UTF-8, the long forms of ASCII among it that careless readers take; escapes in
 * a row that are none are read byte by byte. Not by `decodeURIComponent`, which throws for these: a thousand of them take longer than
 * a megabyte of others.
 * @param kept characters of ASCII that stay encoded
 */
export function percentDecoded(text: string, kept = ''): string {
  const keeps = new Set([...kept].map((character) => character.charCodeAt(0)));
  let decoded = '';
  let done = 0;
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at)) {
    const bytes = bytesAt(text, at, keeps);
    const end = at + bytes.length * ESCAPE;
    if (bytes.length > 0) {
      const short = withoutLongForms(bytes);
      decoded += text.slice(done, at) + textOf(unitsOf(short) ?? short);
      done = end;
    }
    at = Math.max(end, at + 1);
  }
  return decoded + text.slice(done);
}

/** Characters: `%2e`. */
const ESCAPE = 3;

/** What escapes in a row encode, up to one that is kept. */
function bytesAt(text: string, start: number, keeps: ReadonlySet<number>): number[] {
  const bytes: number[] = [];
  for (let at = start; text.charAt(at) === '%'; at += ESCAPE) {
    const digits = text.slice(at + 1, at + ESCAPE);
    const byte = /^[0-9a-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
    if (byte === undefined || keeps.has(byte)) break;
    bytes.push(byte);
  }
  return bytes;
}

/** Two bytes that stand for one of ASCII. */
function withoutLongForms(bytes: readonly number[]): number[] {
  const short: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const [first = 0, next = 0] = [bytes[at], bytes[at + 1]];
    const isLong = (first === 0xc0 || first === 0xc1) && isContinuation(next);
    short.push(isLong ? (first & 1) * 64 + (next & 63) : first);
    if (isLong) at++;
  }
  return short;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** The least code point that takes so many bytes (RFC 3629, section 3). */
const LEAST = [0, 0, 0x80, 0x800, 0x1_0000];

/** UTF-16 code units of bytes in UTF-8; undefined where these are none. */
function unitsOf(bytes: readonly number[]): number[] | undefined {
  const units: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const length = lengthBy(first);
    if (length === 0) return undefined;
    let point = length === 1 ? first : first & (0x7f >> length);
    for (let index = at + 1; index < at + length; index++) {
      const byte = bytes[index] ?? 0;
      if (!isContinuation(byte)) return undefined;
      point = point * 64 + (byte & 63);
    }
    if (point < (LEAST[length] ?? 0) || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
      return undefined;
    if (point < 0x1_0000) units.push(point);
    else units.push(0xd800 + ((point - 0x1_0000) >> 10), 0xdc00 + (point & 0x3ff));
    at += length;
  }
  return units;
}

/** How many bytes a character takes by its first one; 0 where it begins none. */
function lengthBy(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc0 || first > 0xf7) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** A function takes no more arguments than the stack has room for. */
const AT_ONCE = 4_096;

function textOf(units: readonly number[]): string {
  let text = '';
  for (let at = 0; at < units.length; at += AT_ONCE)
    text += String.fromCharCode(...units.slice(at, at + AT_ONCE));
  return text;
}
