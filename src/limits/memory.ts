import { Counters } from '../core/limits/counters.js';
import type { Taken } from '../core/limits/limit.js';
import { lastingClock } from './lasting-clock.js';
import type { LimitStore } from './store.js';

/** A store that answers at once. */
export interface MemoryStore extends LimitStore {
  take(...asked: Parameters<LimitStore['take']>): Taken;
  peek(...asked: Parameters<LimitStore['peek']>): Taken;
}

/** Counters of this process. `clock` gives milliseconds and must not go back. */
export function memoryStore(clock: () => number = lastingClock()): MemoryStore {
  const counters = new Counters();
  return {
    take: (charges, now = clock()) => counters.take(charges, now),
    peek: (charges, now = clock()) => counters.peek(charges, now),
    close: () => {},
  };
}
