import type { Charge, Taken } from '../core/limits/limit.js';

/** Where counters live. A promise that rejects refuses the call: what cannot be counted is not admitted. */
export interface LimitStore {
  /** Takes all charges of a call or none. `now` (milliseconds) only where the caller keeps the time. */
  take(charges: readonly Charge[], now?: number): Taken | Promise<Taken>;
  /** What `take` would say, with nothing taken. */
  peek(charges: readonly Charge[], now?: number): Taken | Promise<Taken>;
  close(): void | Promise<void>;
}
