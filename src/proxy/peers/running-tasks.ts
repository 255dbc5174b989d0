import { after } from '../../platform/timers.js';

/** Servers choose the ids, so those that are remembered are bounded. */
const MOST_IDS = 1_000;
/** Of a task that the server keeps for longer, or for ever, nobody may ever say that it has ended. Milliseconds. */
const LONGEST = 24 * 60 * 60 * 1_000;
/** Servers take the time to live that the caller asks for, so a short one says nothing about the work. Milliseconds. */
export const SHORTEST_TASK = 60 * 60 * 1_000;

/** A task, and the places of the calls that it was made of. */
interface RunningTask {
  releases: (() => void)[];
  /** When the places are given back at the latest, on the clock of `performance`. Milliseconds. */
  until: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The tasks that servers have made of calls with a place among those that may run at once, and that have not ended as far as
 * the client has been told: until then they keep the place.
 */
export class RunningTasks {
  readonly #tasks = new Map<string, RunningTask>();

  /** Whether the end of any would be noticed, so that messages need not be looked into where there is none. */
  get any(): boolean {
    return this.#tasks.size > 0;
  }

  /** Whether the end of this one would be noticed. */
  has(id: string): boolean {
    return this.#tasks.has(id);
  }

  /**
   * Remembers a task until it has ended. One too many keeps its place too, and since nobody would know it again, it does so
   * until its time is over: who is pushed out would have a place that another could take.
   * @param ttl how long the server keeps it, in milliseconds; undefined where it does not say
   * @param release called once: at the latest when the server need not know the task any more, and an hour has gone by
   */
  add(id: string, ttl: number | undefined, release: () => void): void {
    // Two calls with one task end together, and not before the later of their times.
    const task = this.#tasks.get(id) ?? { releases: [], until: 0, timer: undefined };
    task.releases.push(release);
    const time = Math.min(Math.max(ttl ?? LONGEST, SHORTEST_TASK), LONGEST);
    const until = performance.now() + time;
    if (until > task.until) {
      clearTimeout(task.timer);
      task.until = until;
      task.timer = after(time, () => this.#end(id, task)).unref();
    }
    if (this.#tasks.size < MOST_IDS) this.#tasks.set(id, task);
  }

  /** The server has said so. */
  ended(id: string): void {
    const task = this.#tasks.get(id);
    if (task) this.#end(id, task);
  }

  #end(id: string, task: RunningTask): void {
    clearTimeout(task.timer);
    if (this.#tasks.get(id) === task) this.#tasks.delete(id);
    for (const release of task.releases) release();
  }
}
