import { AdmissionLog } from './admission-log.js';
import type { Decimal } from './decimal.js';
import { LruList, type LruNode } from './lru-list.js';

interface Counter extends LruNode<Counter> {
  id: string;
  log: AdmissionLog;
  /** The longest window it was asked about, in milliseconds: what is older is forgotten. */
  window: number;
}

const EMPTY = new AdmissionLog();

/**
 * Logs by the name of their counter. A log whose last admission has left its window is swept. Counters of the same
 * window expire in the order of their last use, so only the first of each window is looked at: O(1) amortised.
 */
export class CounterTable {
  readonly #counters = new Map<string, Counter>();
  readonly #byLastUse = new Map<number, LruList<Counter>>();

  get size(): number {
    return this.#counters.size;
  }

  has(id: string): boolean {
    return this.#counters.has(id);
  }

  /** The log of a counter for reading. From now on it remembers at least `window` milliseconds. */
  read(id: string, window: number): AdmissionLog {
    const counter = this.#counters.get(id);
    if (counter === undefined) return EMPTY;
    if (window > counter.window) this.#rank(counter, window);
    return counter.log;
  }

  /** Records an admission, and makes the counter where there is none. */
  charge(id: string, now: number, window: number, amount: Decimal | undefined): void {
    const counter = this.#counters.get(id) ?? this.#add(id, window);
    this.#rank(counter, Math.max(counter.window, window));
    counter.log.forget(now, counter.window);
    counter.log.add(now, amount);
  }

  /** Takes one admission back, made at that time (milliseconds). One that has left the window is forgotten already. */
  remove(id: string, at: number, amount: Decimal | undefined): void {
    const counter = this.#counters.get(id);
    if (counter === undefined) return;
    counter.log.remove(at, amount);
    if (counter.log.size > 0) return;
    this.#counters.delete(id);
    this.#orderOf(counter.window).remove(counter);
  }

  /** Removes every counter that has nothing left to count. */
  sweep(now: number): void {
    for (const [window, counters] of this.#byLastUse) {
      for (
        let counter = counters.first;
        counter && now - counter.log.newest >= window;
        counter = counters.first
      ) {
        this.#counters.delete(counter.id);
        counters.remove(counter);
      }
      if (counters.first === undefined) this.#byLastUse.delete(window);
    }
  }

  #add(id: string, window: number): Counter {
    const counter = { id, log: new AdmissionLog(), window, earlier: undefined, later: undefined };
    this.#counters.set(id, counter);
    this.#orderOf(window).append(counter);
    return counter;
  }

  /** Puts a counter after all others of its window. */
  #rank(counter: Counter, window: number): void {
    this.#orderOf(counter.window).remove(counter);
    counter.window = window;
    this.#orderOf(window).append(counter);
  }

  #orderOf(window: number): LruList<Counter> {
    const order = this.#byLastUse.get(window) ?? new LruList<Counter>();
    this.#byLastUse.set(window, order);
    return order;
  }
}
