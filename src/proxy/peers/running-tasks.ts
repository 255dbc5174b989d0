import { after } from '../../platform/timers.js';

/** Servers choose the ids, so what is remembered of them is bounded. */
const MOST_TASKS = 1_000;
/** Of a task that the server keeps for longer, or for ever, nobody may ever say that it has ended. Milliseconds. */
const LONGEST = 24 * 60 * 60 * 1_000;
/** Servers take the time to live that the caller asks for, so a short one says nothing about the work. Milliseconds. */
const SHORTEST = 60 * 60 * 1_000;

interface RunningTask {
  release: () => void;
  timer: NodeJS.Timeout;
}

/**
 * The tasks that servers have made of calls and that have not ended, as far as the client has been told: until then a call has
 * its place among those that may run at once.
 */
export class RunningTasks {
  readonly #tasks = new Map<string, RunningTask>();

  /** Whether there is any, so that messages need not be looked into where there is none. */
  get any(): boolean {
    return this.#tasks.size > 0;
  }

  /**
   * Remembers a task until it has ended.
   * @param ttl how long the server keeps it, in milliseconds; undefined where it does not say
   * @param release called once: at the latest when the server need not know the task any more, and an hour has gone by
   */
  add(id: string, ttl: number | undefined, release: () => void): void {
    // Two calls with one task end together.
    const before = this.#tasks.get(id)?.release;
    this.#forget(id);
    const longest = Math.min(Math.max(ttl ?? LONGEST, SHORTEST), LONGEST);
    const timer = after(longest, () => this.ended(id)).unref();
    const both = () => {
      before?.();
      release();
    };
    this.#tasks.set(id, { timer, release: both });
    const [oldest] = this.#tasks.keys();
    if (this.#tasks.size > MOST_TASKS && oldest !== undefined) this.ended(oldest);
  }

  ended(id: string): void {
    const task = this.#tasks.get(id);
    this.#forget(id);
    task?.release();
  }

  #forget(id: string): void {
    clearTimeout(this.#tasks.get(id)?.timer);
    this.#tasks.delete(id);
  }
}
