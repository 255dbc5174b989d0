import { setImmediate as turn } from 'node:timers/promises';
import { resolves } from '../../platform/timers.js';
import type { LineWriter } from './line-writer.js';

/** A pipe that says nothing for so long has nothing left, or is kept open by a process that was left behind. Milliseconds. */
const QUIET = 300;
/** How long a client is waited for that does not read. Milliseconds. */
const SLOW_CLIENT = 2_000;
/** Whatever a process that was left behind goes on to write. Milliseconds. */
const LONGEST = 10_000;

/** Where the last output of a server comes from. */
export interface Drained {
  /** Resolves when nothing more can come. */
  closed: Promise<void>;
  /** How many pieces have come so far. */
  pieces(): number;
  /** Nothing is taken from it, since the client does not read. */
  heldBack(): boolean;
}

/** Waits until what a server wrote before it exited has been read, as fast as the client reads. */
export async function drainOutput({ closed, pieces, heldBack }: Drained): Promise<void> {
  const startedAt = performance.now();
  let seen = pieces();
  let seenAt = startedAt;
  while (performance.now() - startedAt < LONGEST) {
    if (await resolves(QUIET, closed)) return;
    // On a busy machine the time is over before the pipe was looked at.
    await turn();
    if (pieces() !== seen) seenAt = performance.now();
    else if (!heldBack() || performance.now() - seenAt > SLOW_CLIENT) return;
    seen = pieces();
  }
}

/** Writes out what waits for the client, as long as the client goes on reading. What comes meanwhile is written too. */
export async function drainInput(writer: LineWriter): Promise<void> {
  for (let left = Number.POSITIVE_INFINITY; writer.backlog > 0 && writer.backlog < left; ) {
    left = writer.backlog;
    await resolves(SLOW_CLIENT, writer.written());
  }
  await resolves(SLOW_CLIENT, writer.end());
}
