import type { Charge } from '../../core/limits/limit.js';
import type { TaskNews } from '../../core/replies/task-id.js';
import type { LimitStore } from '../../limits/store.js';
import { after } from '../../platform/timers.js';
import { type RunningTasks, SHORTEST_TASK } from './running-tasks.js';

/** What a place is taken from, and who keeps it for a task. */
interface CallPlaceDeps {
  store: LimitStore;
  runningTasks: RunningTasks;
}

/** The places of one call among those that may run at once, from when it goes until the server no longer works on it. */
export class CallPlace {
  #release: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #counted: readonly Charge[];

  /**
   * @param charges what the call has taken
   * @param asTask the client has asked for a task
   * @param release gives the places back
   */
  constructor(
    charges: readonly Charge[],
    private readonly asTask: boolean,
    release: () => void,
    private readonly deps: CallPlaceDeps,
  ) {
    this.#counted = charges.filter(({ limit }) => limit.kind === 'concurrency');
    this.#release = release;
  }

  /** Whether a limit counts the call as running. */
  get isCounted(): boolean {
    return this.#counted.length > 0;
  }

  /** The server has answered, be it that nobody waits any more: it is done, or goes on with a task. */
  answered(task: TaskNews | undefined): void {
    if (task === undefined || task.ended || this.#counted.length === 0) return this.#leave();
    clearTimeout(this.#timer);
    const release = this.#release ?? this.#takeAgain();
    this.#release = undefined;
    this.deps.runningTasks.add(task.id, task.ttl, release);
  }

  /**
   * Nobody waits for the answer any more, and the server is asked to stop. What it does for the answer ends with that. A task
   * does not: it is there for when nobody waits, and `tasks/cancel` ends it (MCP 2025-11-25, basic/utilities/tasks). Whether
   * one was made is said by the answer alone, which servers leave out once they are asked to stop: without it, the place is
   * kept for as long as for a task of the shortest time.
   */
  abandoned(): void {
    if (!this.asTask || this.#counted.length === 0) return this.#leave();
    this.#timer = after(SHORTEST_TASK, () => this.#leave()).unref();
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#release?.();
    this.#release = undefined;
  }

  /** The task is under way, whether or not there is room. */
  #takeAgain(): () => void {
    const any = { kind: 'concurrency', max: Number.POSITIVE_INFINITY } as const;
    const charges = this.#counted.map((charge) => ({ ...charge, limit: { ...any, per: charge.limit.per } }));
    const taken = this.deps.store.take(charges);
    // Running calls are counted in this process, which answers at once.
    return taken instanceof Promise || !taken.ok ? () => {} : taken.release;
  }
}
