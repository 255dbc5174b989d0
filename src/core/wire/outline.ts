const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** An envelope of JSON-RPC without its values is much shorter. Bytes. */
const LONGEST = 4096;

/**
 * What is left of a JSON text when everything inside of its members is cut out: `{"params":{},"id":1}`. Takes the text
 * in pieces and keeps next to nothing, so that a line that is too long to be kept can still be answered.
 */
export class Outline {
  #depth = 0;
  #inString = false;
  #escaped = false;
  readonly #kept: number[] = [];

  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const before = this.#depth;
      this.#step(byte);
      if (Math.min(before, this.#depth) <= 1 && this.#kept.length <= LONGEST) this.#kept.push(byte);
    }
  }

  /** As a byte string; empty where the envelope itself is too long. */
  get text(): string {
    return this.#kept.length > LONGEST ? '' : String.fromCharCode(...this.#kept);
  }

  #step(byte: number): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
    } else if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.#depth++;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.#depth--;
  }
}
