import { uptime } from 'node:os';

/** The clocks of a machine, in milliseconds. */
export interface Clocks {
  /** Stands still while the machine sleeps, on most systems, and is never set. */
  awake(): number;
  /** Goes on while the machine sleeps, and can be set. */
  wall(): number;
  /** Goes on while the machine sleeps, and is never set; takes a file to be read on Linux. */
  running(): number;
}

/** Less is not taken for sleep: clocks are adjusted, and `uptime` may count whole seconds. Milliseconds. */
export const SHORTEST_SLEEP = 2_000;

export const MACHINE: Clocks = {
  awake: () => performance.now(),
  wall: Date.now,
  running: () => uptime() * 1_000,
};

/**
 * A clock by which what a person has allowed ends: it never goes back, goes on while the machine sleeps, and does not follow a
 * wall clock that is set, back or forth. Milliseconds.
 */
export function lapsingClock({ awake, running }: Pick<Clocks, 'awake' | 'running'> = MACHINE): () => number {
  let slept = 0;
  // Taken when the clock is first read: what is before that counts for nothing, and a start need not read any.
  let offset: number | undefined;
  return () => {
    const now = awake();
    offset ??= running() - now;
    const gap = running() - now - offset;
    if (gap >= SHORTEST_SLEEP) {
      slept += gap;
      offset += gap;
    }
    return now + slept;
  };
}
