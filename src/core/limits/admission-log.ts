import { add, compare, type Decimal, subtract, ZERO } from './decimal.js';

/** Space before the oldest admission that is given back at once rather than one by one. */
const LEAST_COMPACTION = 64;

/**
 * The admissions that one counter remembers, oldest first. Times are milliseconds and never decrease.
 * An admission counts while less than `window` has passed since it: it is in `(now - window, now]`.
 */
export class AdmissionLog {
  #times: number[] = [];
  /** For each admission, the amounts of all admissions up to and including it: one subtraction gives any window's sum. */
  #totals: Decimal[] = [];
  #oldest = 0;
  /** The amounts of all admissions that were forgotten. */
  #forgotten = ZERO;

  get size(): number {
    return this.#times.length - this.#oldest;
  }

  /** When the newest was admitted. */
  get newest(): number {
    return this.#times.at(-1) ?? Number.NEGATIVE_INFINITY;
  }

  /** Records one admission. A log is used with amounts or without, not both. */
  add(now: number, amount: Decimal | undefined): void {
    this.#times.push(now);
    if (amount !== undefined) this.#totals.push(add(this.#totals.at(-1) ?? this.#forgotten, amount));
  }

  /** Takes back one admission of that time (milliseconds) and amount; nothing where it is forgotten. Of several that are alike, one goes. */
  remove(at: number, amount: Decimal | undefined): void {
    let index = search(this.#oldest, this.#times.length, (each) => (this.#times[each] ?? at) >= at);
    while (this.#times[index] === at && !this.#hasAmount(index, amount)) index++;
    if (this.#times[index] !== at) return;
    this.#times.splice(index, 1);
    if (amount === undefined) return;
    this.#totals.splice(index, 1);
    for (let later = index; later < this.#totals.length; later++)
      this.#totals[later] = subtract(this.#totalBefore(later + 1), amount);
  }

  /** Forgets what has left the window. */
  forget(now: number, window: number): void {
    const first = this.#firstInside(now, window);
    if (first === this.#oldest) return;
    this.#forgotten = this.#totals[first - 1] ?? this.#forgotten;
    this.#oldest = first;
    if (first < LEAST_COMPACTION || first * 2 < this.#times.length) return;
    this.#times.splice(0, first);
    this.#totals.splice(0, first);
    this.#oldest = 0;
  }

  /** Milliseconds until `wanted` more admissions fit under `max`: 0 is now, Infinity never. */
  waitForCount(wanted: number, max: number, now: number, window: number): number {
    const first = this.#firstInside(now, window);
    const leaving = this.#times.length - first + wanted - max;
    return this.#untilGone(first, leaving, now, window);
  }

  /** Milliseconds until `amount` more fits under `max`: 0 is now, Infinity never. */
  waitForAmount(amount: Decimal, max: Decimal, now: number, window: number): number {
    const first = this.#firstInside(now, window);
    const excess = subtract(add(this.#totalBefore(this.#times.length), amount), max);
    if (compare(excess, this.#totalBefore(first)) <= 0) return 0;
    if (compare(amount, max) > 0) return Number.POSITIVE_INFINITY;
    const last = search(first, this.#times.length, (at) => compare(this.#totalBefore(at + 1), excess) >= 0);
    return this.#untilGone(first, last + 1 - first, now, window);
  }

  #firstInside(now: number, window: number): number {
    const oldest = this.#times[this.#oldest];
    if (oldest === undefined || now - oldest < window) return this.#oldest;
    return search(this.#oldest, this.#times.length, (at) => now - (this.#times[at] ?? now) < window);
  }

  #hasAmount(index: number, amount: Decimal | undefined): boolean {
    return (
      amount === undefined ||
      compare(subtract(this.#totalBefore(index + 1), this.#totalBefore(index)), amount) === 0
    );
  }

  #totalBefore(index: number): Decimal {
    return this.#totals[index - 1] ?? this.#forgotten;
  }

  #untilGone(first: number, leaving: number, now: number, window: number): number {
    if (leaving <= 0) return 0;
    const last = this.#times[first + leaving - 1];
    return last === undefined ? Number.POSITIVE_INFINITY : window - (now - last);
  }
}

/** The first index from `low` up to `high` for which `holds` is true, if it is true for all after it; else `high`. */
function search(low: number, high: number, holds: (index: number) => boolean): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
