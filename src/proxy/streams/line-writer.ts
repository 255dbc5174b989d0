import type { Writable } from 'node:stream';

/**
 * The only writer to a stream, so that no two lines are ever mixed. Knows when the reader is slow: then the side
 * that produces must pause, or our memory would hold what the pipe cannot.
 */
export class LineWriter {
  #broken = false;
  #ended = false;
  #gathered: Uint8Array[] | undefined;

  /**
   * @param onFull called when the reader has fallen behind
   * @param onFree called when it has caught up
   */
  constructor(
    private readonly stream: Writable,
    private readonly onFull: () => void,
    private readonly onFree: () => void,
  ) {
    stream.on('drain', this.onFree);
    stream.on('error', () => this.#break());
    stream.on('close', () => this.#break());
  }

  /** Writes bytes that already are whole lines. */
  write(bytes: Uint8Array): void {
    if (this.#gathered) this.#gathered.push(bytes);
    else if (!this.#broken && !this.#ended && !this.stream.write(bytes)) this.onFull();
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
      const [only] = gathered;
      if (only) this.write(gathered.length === 1 ? only : Buffer.concat(gathered));
    }
  }

  /** Whether nobody reads any more, as far as that was noticed. */
  get broken(): boolean {
    return this.#broken;
  }

  /** How many bytes wait for the reader. */
  get backlog(): number {
    return this.stream.writableLength;
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

  /** Nobody reads any more: later writes are dropped, and whoever was paused for this reader goes on. */
  #break(): void {
    this.#broken = true;
    this.onFree();
  }
}
