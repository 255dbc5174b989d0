/** Shorter lines are copied out of the memory in which they were put together. Bytes. */
const SMALL = 64 * 1024;

/**
 * The bytes of a line whose end has not come yet. A long line keeps the memory in which it was put together; whoever gives
 * that back when the line has been used saves the next one from memory that is new. 1 MB passes in half of the time then: each
 * page of new memory has to be made by the operating system first.
 */
export class PartialLine {
  length = 0;
  #memory: Uint8Array = new Uint8Array(0);
  /** What short lines, and the beginning of all, are put together in. */
  #small = this.#memory;
  /** Large, and used by nobody. */
  #spare: Uint8Array | undefined;
  #spareIsFresh = false;
  /** What long lines have been put together in, and was not given back. */
  readonly #lent = new WeakSet<ArrayBufferLike>();

  /** Adds a copy of a part. */
  add(part: Uint8Array): void {
    this.#reserve(this.length + part.length);
    this.#memory.set(part, this.length);
    this.length += part.length;
  }

  /** All bytes so far followed by the last part, in memory of their own. Begins again. */
  take(last: Uint8Array): Uint8Array {
    this.add(last);
    const bytes = this.#memory.subarray(0, this.length);
    this.length = 0;
    if (this.#memory === this.#small) return new Uint8Array(bytes);
    this.#lent.add(bytes.buffer);
    this.#memory = this.#small;
    return bytes;
  }

  /** A copy of all bytes so far. */
  copy(): Uint8Array {
    return this.#memory.slice(0, this.length);
  }

  clear(): void {
    this.length = 0;
    this.#memory = this.#small;
  }

  /** Whether this was taken, is long, and was not given back. */
  isLent({ buffer }: Uint8Array): boolean {
    return this.#lent.has(buffer);
  }

  /** The memory of a long line may be used for another one: nobody reads that line any more. */
  giveBack({ buffer }: Uint8Array): void {
    if (!this.#lent.delete(buffer) || buffer.byteLength < (this.#spare?.length ?? 0)) return;
    this.#spare = new Uint8Array(buffer);
    this.#spareIsFresh = true;
  }

  /** To be called now and then: lets go of memory that was given back and has not been used since the last time. */
  forget(): void {
    if (!this.#spareIsFresh) this.#spare = undefined;
    this.#spareIsFresh = false;
  }

  #reserve(size: number): void {
    if (size <= this.#memory.length) return;
    const before = this.#memory.subarray(0, this.length);
    if (size <= SMALL) this.#memory = this.#small = new Uint8Array(SMALL);
    else this.#memory = this.#takeSpare(size) ?? new Uint8Array(Math.max(size, this.#memory.length * 2));
    this.#memory.set(before);
  }

  #takeSpare(size: number): Uint8Array | undefined {
    const spare = this.#spare;
    if (spare === undefined || spare.length < size) return undefined;
    this.#spare = undefined;
    return spare;
  }
}
