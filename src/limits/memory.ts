import { Counters } from '../core/limits/counters.js';
import type { LimitStore } from './store.js';

/** Counters of this process. `clock` gives milliseconds and must not go back. */
export function memoryStore(clock: () => number = () => performance.now()): LimitStore {
  const counters = new Counters();
  return {
    take: (charges, now = clock()) => counters.take(charges, now),
    peek: (charges, now = clock()) => counters.peek(charges, now),
    close: () => {},
  };
}
