import type { Decimal } from './decimal.js';
import { AdmissionLog } from './window.js';

interface Counter {
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
  readonly #byLastUse = new Map<number, Set<Counter>>();

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
    if (window > counter.window) {
      this.#retire(counter);
      counter.window = window;
      this.#inUse(counter);
    }
    return counter.log;
  }

  /** Records an admission, and makes the counter where there is none. */
  charge(id: string, now: number, window: number, amount: Decimal | undefined): void {
    const counter = this.#counters.get(id) ?? { id, log: new AdmissionLog(), window };
    this.#retire(counter);
    counter.window = Math.max(counter.window, window);
    counter.log.forget(now, counter.window);
    counter.log.add(now, amount);
    this.#counters.set(id, counter);
    this.#inUse(counter);
  }

  /** Removes every counter that has nothing left to count. */
  sweep(now: number): void {
    for (const [window, counters] of this.#byLastUse) {
      for (const counter of counters) {
        if (now - counter.log.newest < window) break;
        this.#counters.delete(counter.id);
        this.#retire(counter);
      }
    }
  }

  #inUse(counter: Counter): void {
    const sameWindow = this.#byLastUse.get(counter.window) ?? new Set();
    this.#byLastUse.set(counter.window, sameWindow.add(counter));
  }

  #retire(counter: Counter): void {
    const sameWindow = this.#byLastUse.get(counter.window);
    if (sameWindow?.delete(counter) && sameWindow.size === 0) this.#byLastUse.delete(counter.window);
  }
}
