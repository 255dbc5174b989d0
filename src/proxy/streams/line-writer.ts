import type { Writable } from 'node:stream';

/** Lines up to this size, as many as a chunk has, are put together; of more, a system call costs less than the copy. Bytes. */
const LONGEST_GATHERED = 64 * 1024;

/**
 * The only writer to a stream, so that no two lines are ever mixed. Knows when the reader is slow: then the side
 * that produces must pause, or our memory would hold what the pipe cannot.
 */
export class LineWriter {
  #broken = false;
  #ended = false;
  #gathered: Uint8Array[] | undefined;
  /** The memory that what waits first was written in. What comes after it is copied. */
  #shared: ArrayBufferLike | undefined;
  /** Lines that wait for the end of one that is written in parts; undefined while there is none. */
  #held: Uint8Array[] | undefined;
  #heldBytes = 0;

  /**
   * @param onFull called when the reader has fallen behind
   * @param onFree called when it has caught up
   * @param onHeld called when a line waits for the end of another
   */
  constructor(
    private readonly stream: Writable,
    private readonly onFull: () => void,
    private readonly onFree: () => void,
    private readonly onHeld: () => void = () => {},
  ) {
    stream.on('drain', this.onFree);
    stream.on('error', () => this.#break());
    stream.on('close', () => this.#break());
  }

  /** Writes bytes that already are whole lines. */
  write(bytes: Uint8Array): void {
    if (this.#held) this.#hold(bytes);
    else this.#put(bytes);
  }

  /** Writes a part of a line that has not ended: others wait until it has. */
  writePart(bytes: Uint8Array): void {
    this.#held ??= [];
    this.#put(bytes);
  }

  /** Writes the last part of such a line, with its line feed, and what has waited. */
  endLine(bytes: Uint8Array): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#heldBytes = 0;
    this.#put(bytes);
    for (const line of held) this.#put(line);
  }

  /** Whether lines wait for the end of one that is written in parts. */
  get isHolding(): boolean {
    return this.#heldBytes > 0;
  }

  /** Writes one line of our own. */
  writeLine(line: string): void {
    this.write(Buffer.from(`${line}\n`));
  }

  /** Lines that are written meanwhile leave together: a system call each would cost more than all else. */
  together(write: () => void): void {
    const gathered: Uint8Array[] = [];
    this.#gathered = gathered;
    try {
      write();
    } finally {
      this.#gathered = undefined;
      for (const bytes of packed(gathered)) this.#put(bytes);
    }
  }

  /** Whether what was written last in such memory is still read from it: it must not be used again. */
  sharesMemory(memory: ArrayBufferLike): boolean {
    return this.#shared === memory && this.stream.writableLength > 0;
  }

  /** Whether nobody reads any more, as far as that was noticed. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Whether nothing that was given to it is still to be written. */
  get idle(): boolean {
    return this.stream.writableLength === 0 && !this.#gathered?.length;
  }

  /** How many bytes wait for the reader. */
  get backlog(): number {
    return this.stream.writableLength + this.#heldBytes;
  }

  /** Resolves when everything so far is written, or can no longer be. */
  written(): Promise<void> {
    if (this.#broken || this.#ended) return Promise.resolve();
    return new Promise((resolve) => this.stream.write('', () => resolve()));
  }

  /** Closes the stream once everything is written; later writes are dropped. Resolves also when the reader is gone. */
  end(): Promise<void> {
    this.#ended = true;
    return new Promise((resolve) => {
      if (this.#broken || this.stream.destroyed) return resolve();
      this.stream.once('close', resolve);
      this.stream.once('error', () => resolve());
      this.stream.end(() => resolve());
    });
  }

  #put(bytes: Uint8Array): void {
    if (this.#gathered) this.#gathered.push(bytes);
    else if (!this.#broken && !this.#ended) this.#send(bytes);
  }

  /** The memory of a line may be used again, and whoever goes on writing such lines has to pause. */
  #hold(bytes: Uint8Array): void {
    if (this.#broken || this.#ended) return;
    this.#held?.push(Uint8Array.from(bytes));
    this.#heldBytes += bytes.length;
    this.onHeld();
  }

  /** What is written while something waits would wait too, so it gets memory of its own; what a chunk cannot hold has some. */
  #send(bytes: Uint8Array): void {
    const waits = this.stream.writableLength > 0;
    const kept = waits && bytes.length <= LONGEST_GATHERED ? Buffer.from(bytes) : bytes;
    // Most often all is written at once, however much it is, and nobody need pause (5 us for each chunk).
    if (!this.stream.write(kept) && this.stream.writableLength > 0) this.onFull();
    if (!waits) this.#shared = bytes.buffer;
  }

  /** Nobody reads any more: later writes are dropped, and whoever was paused for this reader goes on. */
  #break(): void {
    this.#broken = true;
    this.onFree();
  }
}

/** The same bytes in few pieces: a chunk whose lines all go on as they are is one, in the memory that it came in. */
function packed(gathered: Uint8Array[]): Uint8Array[] {
  const runs: Uint8Array[] = [];
  let size = 0;
  for (let from = 0, to = 0; from < gathered.length; from = to) {
    const first = gathered[from] as Uint8Array;
    let length = first.length;
    for (to = from + 1; to < gathered.length && follows(first, length, gathered[to] as Uint8Array); to++)
      length += (gathered[to] as Uint8Array).length;
    runs.push(to === from + 1 ? first : Buffer.from(first.buffer, first.byteOffset, length));
    size += length;
  }
  return runs.length > 1 && size <= LONGEST_GATHERED ? [Buffer.concat(runs, size)] : runs;
}

function follows(first: Uint8Array, length: number, next: Uint8Array): boolean {
  return next.byteOffset === first.byteOffset + length && next.buffer === first.buffer;
}
