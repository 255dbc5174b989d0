import { LineBuffer } from '../line-buffer.js';

/** A line that is made when it is needed. */
export interface PendingLine {
  /** What it keeps in memory until then, about. Bytes. */
  readonly size: number;
  line(): string;
  /**
   * Adds the line to those that are made, as bytes; false where only `line` says what it is.
   * @param atOnce only where that costs hardly more than to keep what it is made of
   */
  append?(lines: LineBuffer, of: { atOnce: boolean }): boolean;
}

/** Of all that waits, this part is made in one go at least: when calls come faster than lines are made, what waits stays bounded. */
const PART = 8;
/** So few are made in one go, too. */
const FEW = 4;

const AT_ONCE = { atOnce: true };
const LATER = { atOnce: false };

/** Lines that wait to be written, in order: those that are made, and behind them those that are not. */
export class WaitingLines {
  readonly #made = new LineBuffer();
  #pending: PendingLine[] = [];
  #done = 0;
  /** Of what is not made. */
  #pendingSize = 0;
  #failed = 0;

  /** What all of them keep in memory, about. Bytes. */
  get size(): number {
    return this.#made.length + this.#pendingSize;
  }

  get isEmpty(): boolean {
    return this.#made.length === 0 && this.#done === this.#pending.length;
  }

  add(line: PendingLine): void {
    const isNext = this.#done === this.#pending.length;
    if (isNext && line.append?.(this.#made, AT_ONCE)) return;
    this.#pending.push(line);
    this.#pendingSize += line.size;
  }

  /**
   * Makes some lines, and more until the time is over. What throws is left out, and counted.
   * @param until milliseconds of the monotonic clock
   * @returns whether some are left
   */
  make(until: number): boolean {
    const least = this.#done + Math.max(FEW, (this.#pending.length - this.#done) / PART);
    while (this.#done < this.#pending.length && (this.#done < least || performance.now() < until))
      this.#makeNext();
    return this.#done < this.#pending.length;
  }

  /** Makes all lines. */
  all(): Uint8Array {
    while (this.#done < this.#pending.length) this.#makeNext();
    return this.#made.lines;
  }

  /** How many could not be made since this was asked last. */
  takeFailed(): number {
    const failed = this.#failed;
    this.#failed = 0;
    return failed;
  }

  /** Forgets so many bytes of the first lines. */
  drop(written: number): void {
    this.#made.drop(written);
  }

  #makeNext(): void {
    const next = this.#pending[this.#done++];
    if (this.#done === this.#pending.length) {
      this.#pending = [];
      this.#done = 0;
    }
    if (next === undefined) return;
    this.#pendingSize -= next.size;
    try {
      if (!next.append?.(this.#made, LATER)) this.#made.add(next.line());
    } catch {
      this.#failed++;
    }
  }
}
