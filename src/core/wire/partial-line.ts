/** Parts below this size are put together, so that a line that comes byte by byte does not cost an object each. */
const SMALL = 16 * 1024;
const TAIL = 64 * 1024;

/** The bytes of a line whose end has not come yet. */
export class PartialLine {
  length = 0;
  /** Parts in their order; what the tail holds comes after them. */
  #parts: Uint8Array[] = [];
  #tail = new Uint8Array(0);
  #used = 0;

  /** Adds a part, which is kept as it is when it is large: `reused` says that its memory will change. */
  add(part: Uint8Array, reused: boolean): void {
    this.length += part.length;
    if (part.length < SMALL) this.#addToTail(part);
    else this.#addAsIs(part, reused);
  }

  /** All bytes so far followed by the last part, in memory of their own. Begins again. */
  take(last: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(this.length + last.length);
    this.#copyTo(bytes);
    bytes.set(last, this.length);
    this.clear();
    return bytes;
  }

  /** A copy of all bytes so far. */
  copy(): Uint8Array {
    const bytes = new Uint8Array(this.length);
    this.#copyTo(bytes);
    return bytes;
  }

  clear(): void {
    this.length = 0;
    this.#parts = [];
    this.#used = 0;
  }

  #copyTo(bytes: Uint8Array): void {
    let offset = 0;
    for (const part of this.#parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    bytes.set(this.#tail.subarray(0, this.#used), offset);
  }

  #addToTail(part: Uint8Array): void {
    if (this.#used + part.length > this.#tail.length) {
      this.#endTail();
      this.#tail = new Uint8Array(TAIL);
    }
    this.#tail.set(part, this.#used);
    this.#used += part.length;
  }

  #addAsIs(part: Uint8Array, reused: boolean): void {
    this.#endTail();
    // Not slice(): that of a Buffer does not copy.
    this.#parts.push(reused ? new Uint8Array(part) : part);
  }

  /** Makes a part of what the tail holds; the rest of its memory is the new tail. */
  #endTail(): void {
    if (this.#used === 0) return;
    this.#parts.push(this.#tail.subarray(0, this.#used));
    this.#tail = this.#tail.subarray(this.#used);
    this.#used = 0;
  }
}
