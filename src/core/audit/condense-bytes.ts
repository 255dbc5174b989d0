import { endOfPlainString } from '../json/bytes/plain-string.js';
import { readStringValue } from '../json/bytes/string-value.js';
import { isSurelyHarmlessString } from '../secrets/bytes/harmless-arguments.js';
import { cutTextOf, excerptOf, excerptOfEnds, seenOfEnd, shortText } from './excerpt.js';
import { endOfValue, startOfValue } from './string-ends.js';

const QUOTE = 0x22;

/** SHA-256 of bytes that come in parts. */
export interface RunningDigest {
  update(part: Uint8Array): void;
  /** Of all parts. */
  hex(): string;
}

/** What bytes are read with. */
export interface ByteTools {
  /** UTF-8 as a text. */
  decode(bytes: Uint8Array): string;
  /** A text as UTF-8. */
  encode(text: string): Uint8Array;
  digest(): RunningDigest;
}

/** A string in the bytes of a text. */
interface LongString {
  /** Behind its closing quote. */
  end: number;
  /** Of its value. Characters (UTF-16 code units). */
  length: number;
  /** Of its value in UTF-8. */
  sha256: string;
}

/**
 * Cuts long strings in the bytes of a JSON text, keys among them, as `withShortStrings` does in a text with `excerptOf`. What
 * is cut is not decoded: 8 ms for a string of 10 MB, of which its digest takes 6; as a text it takes 25.
 */
export class BytesWithShortStrings {
  /** Strings that were long, by where they begin: a second attempt need not read them again. */
  readonly #known = new Map<number, LongString>();

  /** @param bytes JSON that has been proved, in UTF-8 */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly tools: ByteTools,
  ) {}

  /**
   * The text with its long strings cut. Undefined where the bytes say less than the text: it has escaped surrogates, or there
   * is no WebAssembly.
   * @param longest characters of a string, as it is written, that are kept
   */
  condensed(longest: number): string | undefined {
    const { bytes, tools } = this;
    let result = '';
    let done = 0;
    for (let start = quoteFrom(bytes, 0); start < bytes.length; ) {
      const limit = Math.min(start + longest + 2, bytes.length);
      let end = endOfPlainString(bytes, start, limit);
      if (end < 0) {
        const found = this.#read(start);
        if (found === undefined) return undefined;
        end = found.end;
        const cut = this.#cut(start, found, longest);
        if (cut !== undefined) {
          result += tools.decode(bytes.subarray(done, start)) + cut;
          done = end;
        }
      }
      start = quoteFrom(bytes, end);
    }
    return result + tools.decode(bytes.subarray(done));
  }

  #read(start: number): LongString | undefined {
    const known = this.#known.get(start);
    if (known !== undefined) return known;
    const { bytes, tools } = this;
    const digest = tools.digest();
    const value = readStringValue(bytes, start + 1, bytes.length, (part) => digest.update(part));
    if (value === undefined) return undefined;
    const found = { ...value, sha256: digest.hex() };
    this.#known.set(start, found);
    return found;
  }

  /** What is written in place of a string; undefined where it is short after all: its bytes are more than its characters. */
  #cut(start: number, { end, length, sha256 }: LongString, longest: number): string | undefined {
    const { bytes, tools } = this;
    if (length > shortText(longest)) {
      const [from, to, seen] = [start + 1, end - 1, seenOfEnd(longest)];
      const ends = {
        start: startOfValue(bytes, from, to, seen, tools.decode),
        end: endOfValue(bytes, from, to, seen, tools.decode),
        whole: cutTextOf(length, sha256),
      };
      const isHarmless = (text: string) => isSurelyHarmlessString(tools.encode(JSON.stringify(text)));
      return JSON.stringify(excerptOfEnds(ends, longest, isHarmless));
    }
    const written = tools.decode(bytes.subarray(start, end));
    if (written.length <= longest + 2) return undefined;
    return JSON.stringify(excerptOf(JSON.parse(written) as string, longest, () => sha256));
  }
}

function quoteFrom(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== QUOTE) at++;
  return at;
}
