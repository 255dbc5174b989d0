/** A line that is made when it is needed. */
export interface PendingLine {
  /** What it keeps in memory until then, about. Bytes. */
  readonly size: number;
  line(): string;
}

/** Of all that waits, this part is made in one go at least: when calls come faster than lines are made, what waits stays bounded. */
const PART = 8;
/** So few are made in one go, too. */
const FEW = 4;

/** Lines that wait to be written, in order: those that are made, and behind them those that are not. */
export class WaitingLines {
  #made: string[] = [];
  #pending: PendingLine[] = [];
  #done = 0;
  #size = 0;
  #failed = 0;

  /** What all of them keep in memory, about. Bytes. */
  get size(): number {
    return this.#size;
  }

  get isEmpty(): boolean {
    return this.#made.length === 0 && this.#done === this.#pending.length;
  }

  add(line: PendingLine): void {
    this.#pending.push(line);
    this.#size += line.size;
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
  all(): readonly string[] {
    while (this.#done < this.#pending.length) this.#makeNext();
    return this.#made;
  }

  /** How many could not be made since this was asked last. */
  takeFailed(): number {
    const failed = this.#failed;
    this.#failed = 0;
    return failed;
  }

  /** Forgets so many of the first lines. */
  drop(written: number): void {
    this.#made = this.#made.slice(written);
    this.#size = this.#made.reduce((size, { length }) => size + length, 0);
    for (let at = this.#done; at < this.#pending.length; at++) this.#size += this.#pending[at]?.size ?? 0;
  }

  #makeNext(): void {
    const next = this.#pending[this.#done++];
    if (this.#done === this.#pending.length) {
      this.#pending = [];
      this.#done = 0;
    }
    if (next === undefined) return;
    this.#size -= next.size;
    try {
      const line = next.line();
      this.#size += line.length;
      this.#made.push(line);
    } catch {
      this.#failed++;
    }
  }
}
